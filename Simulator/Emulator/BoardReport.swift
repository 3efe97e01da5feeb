import Foundation

/// What a board says of itself on its console, in a line that begins with `report` and goes on in
/// JSON.
public struct BoardReport: Codable, Equatable, Sendable {
  /// QoS 1 messages that the cloud has acknowledged since this boot.
  public var acknowledged: Int
  /// Messages that this boot found on flash; nil from firmware without an outbox.
  public var recovered: Int?
  /// Tokens signed since this boot.
  public var tokensSigned: Int
  /// Connections with a full TLS handshake since this boot.
  public var connectsFull: Int
  /// Connections with a resumed TLS handshake since this boot.
  public var connectsResumed: Int
  /// The most bytes of the TLS arena that were ever in use since this boot.
  public var heapPeakBytes: Int
  /// The size of the TLS arena.
  public var heapSizeBytes: Int
  /// The deepest use of the stack since this boot, in bytes.
  public var stackPeakBytes: Int
  /// The bytes reserved for the stack.
  public var stackSizeBytes: Int
  /// All RAM that the program takes, in bytes: stack, arena, buffers, everything.
  public var ramTotalBytes: Int
  /// The milliseconds in each power state since this boot, by the state's name; nil from firmware
  /// that does not count them.
  public var stateMilliseconds: [String: Int]?

  /// Reads a line of the console; nil where it is no report.
  public init?(line: String) {
    guard line.hasPrefix("report {") else { return nil }
    guard
      let report = try? JSONDecoder().decode(
        BoardReport.self, from: Data(line.dropFirst("report ".count).utf8))
    else { return nil }
    self = report
  }
}
