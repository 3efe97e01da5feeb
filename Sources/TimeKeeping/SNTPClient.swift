import Bytes
public import Units
public import Wire

/// One question to an NTP server, and what comes of it (RFC 4330, RFC 5905).
///
/// A question carries a random number where its sender's date would be: it reveals nothing, and
/// only who saw it can answer. Once one answer was taken the number is forgotten, so that a replay
/// finds no open question. An answer that fails a check is reported and otherwise ignored until the
/// deadline, because whoever can only guess must not be able to cancel the good answer behind it.
public struct SNTPClient: ~Copyable {
  /// What an exchange is at.
  private enum State {
    /// Nothing was asked.
    case idle
    /// The question waits for its way to the server to be open.
    case asking(Question, until: Instant)
    /// The question went out and is not answered yet.
    case waiting(Question, since: Instant)
  }

  /// What distinguishes a question from all others.
  private struct Question {
    var nonce: NTPTimestamp
    var pivot: UnixTime
  }

  /// What the caller must do next.
  public enum Step: Equatable, Sendable {
    /// Send `bytesToSend` as one datagram.
    case transmit
    /// Put one datagram into `receiveSpace`, or wait for the deadline.
    case receive
    /// Nothing: no exchange is under way.
    case stop
  }

  /// What came of the question; only a rejection leaves it open.
  public enum Event: Sendable {
    /// The server gave the date.
    case sample(TimeSample)
    /// The server refuses to answer.
    case kissOfDeath(KissOfDeath)
    /// An answer failed this check.
    case rejected(SNTPRejection)
    /// No good answer came in time.
    case timedOut
  }

  private var state = State.idle
  private var pending: Event?
  private var rejectionCount = 0
  private var inbox = SNTPDatagram()
  private var outbox = SNTPDatagram()

  /// Creates a client that has asked nothing.
  public init() {}

  /// Asks, dropping an earlier question; `nonce` is random, and zero counts as one.
  ///
  /// The answer's date is put into the era that brings it nearest to `pivot`.
  public mutating func start(nonce: UInt64, pivot: UnixTime, now: Instant) {
    reset()
    let question = Question(nonce: NTPTimestamp(bits: max(nonce, 1)), pivot: pivot)
    var writer = ByteWriter(outbox.freeSpace)
    do {
      try SNTPPacket.request(transmit: question.nonce).emit(to: &writer)
    } catch {
      preconditionFailure("the outbox holds a header")
    }
    let count = writer.count
    outbox.commit(count)
    state = .asking(question, until: now + Limits.requestWait)
  }

  /// Drops the question and all that came of it.
  public mutating func reset() {
    state = .idle
    pending = nil
    rejectionCount = 0
    inbox.removeAll()
    outbox.removeAll()
  }

  /// Says what the caller must do next.
  public func step() -> Step {
    switch state {
    case .idle: .stop
    case .asking: .transmit
    case .waiting: .receive
    }
  }

  /// The question, to be sent as one datagram; empty unless the step is `transmit`.
  public var bytesToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get { outbox.span }
  }

  /// The question went out whole, if `count` is not zero.
  public mutating func sent(_ count: Int, now: Instant) {
    precondition(count == 0 || count == outbox.count, "a datagram is sent whole")
    guard count > 0, case .asking(let question, _) = state else { return }
    outbox.removeAll()
    state = .waiting(question, since: now)
  }

  /// Where to put one datagram; a longer one may be cut off.
  public var receiveSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get { inbox.freeSpace }
  }

  /// A datagram of `count` bytes was put into `receiveSpace`; zero means none.
  public mutating func received(_ count: Int, now: Instant) {
    guard count > 0 else { return }
    inbox.commit(count)
    judge(now)
    inbox.removeAll()
  }

  /// The moment at which `expired` is to be called.
  public var deadline: Instant {
    switch state {
    case .idle: .never
    case .asking(_, let until): until
    case .waiting(_, let since): since + Limits.roundTrip
    }
  }

  /// Time passed; it ends the exchange where that was its deadline.
  public mutating func expired(now: Instant) {
    guard step() != .stop, now >= deadline else { return }
    end(with: .timedOut)
  }

  /// The next thing that happened, or nil.
  public mutating func nextEvent() -> Event? {
    let event = pending
    pending = nil
    return event
  }

  /// Decides what the datagram in `inbox` is worth.
  private mutating func judge(_ now: Instant) {
    let packet: SNTPPacket
    do {
      packet = try SNTPPacket.parse(inbox.span)
    } catch {
      return report(.tooShort)
    }
    if let rejection = reasonToDistrust(packet) { return report(rejection) }
    guard case .waiting(let question, let since) = state else { return report(.unsolicited) }
    guard packet.originate == question.nonce else { return report(.originateMismatch) }
    // A refusal comes without a date and from an unsynchronized server: it is judged no further.
    guard packet.stratum > 0 else {
      return end(with: .kissOfDeath(KissOfDeath(code: packet.referenceIdentifier)))
    }
    if let rejection = reasonToDoubt(packet) { return report(rejection) }
    let elapsed = now.since(since)
    guard elapsed <= Limits.roundTrip else { return report(.roundTrip) }
    let difference = packet.transmit.milliseconds(since: packet.receive)
    guard difference >= 0 else { return report(.receiveAfterTransmit) }
    let processing = Interval(milliseconds: difference.magnitude)
    guard processing <= elapsed + Limits.clockResolution else { return report(.processingTime) }
    // The answer left somewhere within the rest of the round trip: its middle is wrong by half.
    let half = Interval(milliseconds: ((elapsed - processing).milliseconds + 1) / 2)
    end(
      with: .sample(
        TimeSample(
          time: packet.transmit.unixTime(nearest: question.pivot) + half, at: now,
          uncertainty: half + Self.rootDistance(of: packet) + Limits.clockResolution,
          stratum: packet.stratum)))
  }

  /// What makes a packet no answer at all.
  private func reasonToDistrust(_ packet: SNTPPacket) -> SNTPRejection? {
    if packet.mode != .server { return .notAnAnswer }
    if packet.version < 3 || packet.version > 4 { return .version }
    if packet.originate == .zero { return .originateZero }
    return nil
  }

  /// What makes the answer of the right server useless.
  private func reasonToDoubt(_ packet: SNTPPacket) -> SNTPRejection? {
    if packet.leapIndicator == .unsynchronized { return .unsynchronized }
    if packet.stratum > 15 { return .stratum }
    if packet.transmit == .zero { return .transmitZero }
    if Self.rootDistance(of: packet) > Limits.rootDistance { return .rootDistance }
    return nil
  }

  /// How far the server may be from true time (RFC 5905 section 11.2).
  private static func rootDistance(of packet: SNTPPacket) -> Interval {
    let halfDelay = Interval(milliseconds: (packet.rootDelay.interval.milliseconds + 1) / 2)
    return halfDelay + packet.rootDispersion.interval
  }

  /// Reports a rejection unless too many were, or something of weight waits to be fetched.
  private mutating func report(_ rejection: SNTPRejection) {
    guard rejectionCount < Limits.reportedRejections else { return }
    switch pending {
    case .sample, .kissOfDeath, .timedOut: return
    case .rejected, nil: break
    }
    rejectionCount += 1
    pending = .rejected(rejection)
  }

  private mutating func end(with event: Event) {
    reset()
    pending = event
  }
}
