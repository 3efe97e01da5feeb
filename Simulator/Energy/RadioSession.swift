/// What a radio does in one go, from waking to letting go.
struct RadioSession: Sendable, Equatable {
  /// The payload bytes that are sent.
  private(set) var sentBytes = 0.0
  /// The payload bytes that are received.
  private(set) var receivedBytes = 0.0
  /// The answers that are awaited.
  var roundTrips = 0.0
  /// The time for which the network waits for the core.
  var computeSeconds = 0.0

  /// From where the radio wakes.
  enum Start: Sendable {
    /// Idle, with its connection to the network kept.
    case idle
    /// Off.
    case off
  }

  /// A current for a time.
  struct Part: Sendable, Equatable {
    let seconds: Double
    let milliamperes: Double
  }

  mutating func send(_ bytes: Double) { sentBytes += bytes }

  mutating func receive(_ bytes: Double) { receivedBytes += bytes }

  /// The currents and times of the session; without a start, it is part of another that pays for
  /// waking and the tail.
  func parts(of radio: RadioProfile, bound: Bound, from start: Start?) -> [Part] {
    var parts = [
      Part(
        seconds: airSeconds(
          sentBytes, against: receivedBytes, radio, .uplinkKilobitsPerSecond, bound),
        milliamperes: radio[.transmitMilliamperes, bound]),
      Part(
        seconds: airSeconds(
          receivedBytes, against: sentBytes, radio, .downlinkKilobitsPerSecond, bound),
        milliamperes: radio[.receiveMilliamperes, bound]),
      Part(
        seconds: roundTrips * radio[.roundTripSeconds, bound] + computeSeconds,
        milliamperes: radio[.waitMilliamperes, bound]),
    ]
    guard let start else { return parts }
    switch start {
    case .idle:
      parts.append(
        Part(
          seconds: radio[.wakeSeconds, bound], milliamperes: radio[.wakeMilliamperes, bound]))
    case .off:
      parts.append(
        Part(
          seconds: radio[.startSeconds, bound], milliamperes: radio[.startMilliamperes, bound]))
    }
    parts.append(
      Part(seconds: radio[.tailSeconds, bound], milliamperes: radio[.tailMilliamperes, bound]))
    parts.append(
      Part(seconds: radio[.pagingSeconds, bound], milliamperes: radio[.pagingMilliamperes, bound]))
    return parts
  }

  /// The time on air: the bytes, a header for each packet, and bare headers that acknowledge every
  /// second packet of the other side.
  private func airSeconds(
    _ bytes: Double, against other: Double, _ radio: RadioProfile, _ rate: RadioFigure,
    _ bound: Bound
  ) -> Double {
    let segment = radio[.segmentBytes, bound]
    let packets = (bytes / segment).rounded(.up)
    let acknowledgements = ((other / segment).rounded(.up) / 2).rounded(.down)
    let all = bytes + (packets + acknowledgements) * radio[.headerBytes, bound]
    return all * 8 / (radio[rate, bound] * 1_000)
  }
}
