import MbedTLSAdapter
public import TLS
import TimeKeeping
import Units

extension Client {
  /// Seconds since 1970 at 2022-01-01, when most certificates of `TestPKI` are valid.
  public static let usualTime: Int64 = 1_640_995_200

  /// Starts a handshake.
  public func open(_ host: String, at seconds: Int64 = usualTime) throws {
    try backend.open(
      host: Array(host.utf8).span,
      at: TrustedTime(UnixTime(seconds: seconds), uncertainty: .zero))
  }

  /// True if the connection resumed an earlier session.
  public var wasResumed: Bool { backend.wasResumed }

  /// The records that wait to be sent.
  public var recordsToSend: [UInt8] { copyRecords(of: backend) }

  /// How many bytes could be received.
  public var recordRoom: Int { room(of: &backend) }

  /// Hands over records, which must fit.
  public func receive(_ records: [UInt8]) {
    put(records, into: &backend)
  }

  /// Hands over `records` in pieces of at most `length`, and works on each.
  ///
  /// Ends early when the connection fails; records that are to be sent are thrown away.
  public func receive(_ records: [UInt8], inPiecesOf length: Int) -> SecureStreamProgress {
    var rest = records[...]
    var progress = backend.advance()
    while !rest.isEmpty {
      let piece = rest.prefix(min(length, recordRoom))
      guard !piece.isEmpty else { break }
      receive(Array(piece))
      rest = rest.dropFirst(piece.count)
      progress = backend.advance()
      backend.recordsSent(recordsToSend.count)
      if case .failed = progress { break }
    }
    return progress
  }
}

// MARK: - Sessions as bytes

extension Client {
  /// The session that could be resumed; empty where there is none.
  public func exportSession(room: Int = MbedTLSBackend.exportedSessionByteMaximum) throws -> [UInt8]
  {
    var bytes = [UInt8](repeating: 0xA5, count: room)
    var space = bytes.mutableSpan
    let count = try backend.exportSession(into: &space)
    return Array(bytes.prefix(count))
  }

  /// Takes a session.
  public func importSession(_ bytes: [UInt8], host: String = "server.test") throws {
    try backend.importSession(bytes.span, host: Array(host.utf8).span)
  }
}

// A span may borrow from an argument, but not from a property of a class.

private func copyRecords(of backend: borrowing MbedTLSBackend) -> [UInt8] {
  let span = backend.recordsToSend
  return span.indices.map { span[$0] }
}

private func room(of backend: inout MbedTLSBackend) -> Int { backend.recordSpace().count }

private func put(_ records: [UInt8], into backend: inout MbedTLSBackend) {
  var space = backend.recordSpace()
  for index in records.indices { space[index] = records[index] }
  backend.recordsReceived(records.count)
}
