public import Units

/// The device's idea of the date, and whether anything may depend on it.
///
/// A date is trusted from the first acceptable sample until it may be wrong by two minutes, which
/// drift alone takes two weeks to reach. It never lies before the floor. A sample that would move
/// it far needs a second one that agrees, so that no single answer can carry the device to the day
/// on which an old certificate was valid.
public struct TrustedClock: ~Copyable {
  /// What the date is computed from; none before the first sample.
  private var reference: TimeSample?
  /// The last sample that was refused because it would have moved the clock far.
  private var candidate: TimeSample?

  /// A date that has certainly passed: of the build, or the last one found in flash.
  public let floor: UnixTime

  /// Creates a clock that trusts no date yet.
  public init(floor: UnixTime) { self.floor = floor }

  /// Takes a sample as the date, or says why not; `now` is not before the sample's own moment.
  public mutating func accept(_ given: TimeSample, now: Instant) throws(SampleRejection) {
    let sample = given.advanced(to: now)
    guard sample.uncertainty <= Limits.sampleUncertainty else { throw .tooUncertain }
    guard sample.time + sample.uncertainty >= floor else { throw .beforeFloor }
    guard let running = trusted(at: now) else {
      return take(sample)
    }
    guard running.time.distance(to: sample.time) <= Limits.step + running.uncertainty else {
      guard isConfirmed(given, now) else {
        candidate = given
        throw .needsConfirmation
      }
      return take(sample)
    }
    // Where both can be right the one that knows better stays.
    if running.agrees(with: sample), running.uncertainty <= sample.uncertainty {
      candidate = nil
    } else {
      take(sample)
    }
  }

  /// The date, or nil while none is trusted.
  public func time(at now: Instant) -> TrustedTime? {
    guard let running = trusted(at: now) else { return nil }
    return TrustedTime(max(running.time, floor), uncertainty: running.uncertainty)
  }

  /// The moment at which the date will be `time`, or nil while none is trusted.
  ///
  /// It moves when the clock is set, so it should be asked for whenever it is needed. What is past
  /// already gives a moment that is not after `now`.
  public func instant(of time: UnixTime, now: Instant) -> Instant? {
    guard let present = self.time(at: now) else { return nil }
    return time > present.time ? now + present.time.distance(to: time) : now
  }

  /// The moment at which trust ends unless a sample is accepted before; `never` while there is
  /// none.
  public var trustDeadline: Instant {
    guard let reference else { return .never }
    let room = Limits.trustedUncertainty - reference.uncertainty
    return reference.instant + Limits.duration(ofDrift: room) + Interval(milliseconds: 1)
  }

  /// A date that has certainly passed, worth keeping in flash as the next boot's floor.
  ///
  /// Keep it only once a server has confirmed the date, by an accepted token or a verified
  /// certificate: a false date in the future would shut out the true one for good.
  public func certainlyPassed(at now: Instant) -> UnixTime {
    guard let running = trusted(at: now) else { return floor }
    return max(floor, running.time - running.uncertainty)
  }

  /// Forgets the date, for example because a server found a fresh token to be from another day.
  public mutating func distrust() {
    reference = nil
    candidate = nil
  }

  /// The reference brought to `now`, or nil where that may be too wrong.
  private func trusted(at now: Instant) -> TimeSample? {
    guard let running = reference?.advanced(to: now),
      running.uncertainty <= Limits.trustedUncertainty
    else { return nil }
    return running
  }

  /// True if an earlier sample, not this one again, said the same.
  private func isConfirmed(_ sample: TimeSample, _ now: Instant) -> Bool {
    guard let candidate, candidate.instant < sample.instant else { return false }
    return candidate.advanced(to: now).agrees(with: sample.advanced(to: now))
  }

  private mutating func take(_ sample: TimeSample) {
    reference = sample
    candidate = nil
  }
}
