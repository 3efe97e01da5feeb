import Bytes
import Units

/// Eight draws of 64 bytes: enough bits to count, little enough for a small stack.
typealias EntropyDraws = FixedBytes<512>

/// The bounds of the checks, each with the reason for its value.
enum Limits {
  /// Readings after which a clock that shows the same time stands still: 20 ms at 100 MHz and more.
  static let stalledReadings = 2_000_000
  /// Readings that are compared with each other, enough to see a counter wrap that is not extended.
  static let clockReadings = 10_000
  /// The longest step of a clock, as its contract says.
  static let clockStep = Interval(milliseconds: 20)
  /// Steps of which the shortest counts: on a busy host a reading may come late.
  static let clockSteps = 5
  /// How long a peer may take to move the next bytes: a cellular round trip with one loss.
  static let exchange = Interval(seconds: 10)
  /// How long a connection may take to open or to fail: TCP gives up on no answer rather late.
  static let connection = Interval(seconds: 60)
  /// How long a name may take: a resolver retries three times.
  static let resolution = Interval(seconds: 30)
  /// How long "nothing has arrived" is watched.
  static let silence = Interval(milliseconds: 100)
  /// Datagrams that may be lost before none is said to come through.
  static let datagramAttempts = 5
  /// How long the answer to one datagram is awaited.
  static let datagramAnswer = Interval(seconds: 2)
  /// Bytes that are sent through a stream: more than one segment, so that order matters.
  static let streamBytes = 4_096
}
