public import Units

/// What one source says about the date: a date, the moment it belongs to, and how wrong it may be.
public struct TimeSample: Sendable {
  /// The date.
  public let time: UnixTime
  /// The moment, on the device's own clock, at which the date was `time`.
  public let instant: Instant
  /// How far the true date may lie from `time`, in either direction, if the source is honest.
  public let uncertainty: Interval
  /// The source's distance to a reference clock, 1 to 15.
  public let stratum: UInt8

  /// Creates a sample.
  public init(time: UnixTime, at instant: Instant, uncertainty: Interval, stratum: UInt8) {
    self.time = time
    self.instant = instant
    self.uncertainty = uncertainty
    self.stratum = stratum
  }

  /// The same sample `now`: later, and less certain by what the clock may have drifted.
  func advanced(to now: Instant) -> TimeSample {
    let age = now.since(instant)
    return TimeSample(
      time: time + age, at: instant + age, uncertainty: uncertainty + Limits.drift(in: age),
      stratum: stratum)
  }

  /// True if there is a date that both allow; they must belong to the same moment.
  func agrees(with other: TimeSample) -> Bool {
    time.distance(to: other.time) <= uncertainty + other.uncertainty
  }
}
