import CMbedTLS
public import TLS

/// The session that could be resumed, as bytes that outlive the power.
///
/// They are sealed with AES-256-GCM, under a key that is derived from the device's own, the host
/// and the roots, in their order: they are of no use to anybody else, and no change goes unnoticed.
extension MbedTLSBackend {
  /// The most bytes that `exportSession` writes.
  public static var exportedSessionByteMaximum: Int { swiftlet_session_export_maximum() }

  /// Puts the session that the next `open` would offer at the front of `space` and returns its
  /// length: 141 bytes and the ticket.
  ///
  /// Zero where there is none, and during a handshake. A connection that is open goes on.
  public mutating func exportSession(
    into space: inout MutableSpan<UInt8>
  ) throws(SessionExportFailure) -> Int {
    let client = unsafe client
    // C writes no more than `count` bytes, and keeps no pointer.
    let outcome = unsafe space.withUnsafeMutableBufferPointer {
      unsafe swiftlet_session_export(client, $0.baseAddress, $0.count)
    }
    switch outcome.result {
    case SWIFTLET_OK: return Int(outcome.detail)
    case SWIFTLET_NO_KEY: throw .noKey
    case SWIFTLET_NOT_SEEDED: throw .notSeeded
    case SWIFTLET_OVERFLOW: throw .overflow
    case SWIFTLET_OUT_OF_MEMORY: throw .outOfMemory
    default: throw .internalFailure(outcome.detail)
    }
  }

  /// Takes a session with `host` that `exportSession` gave; the next `open` offers it, within the
  /// limits that it had.
  ///
  /// It takes the place of the one that could be resumed, also where it fails. Records that wait
  /// to be sent are dropped.
  ///
  /// - Precondition: there is no connection; `reset` ends one.
  public mutating func importSession(
    _ bytes: Span<UInt8>, host: Span<UInt8>
  ) throws(SessionImportFailure) {
    guard case .idle = connection else { preconditionFailure("a connection uses its session") }
    // Bytes and name are copied.
    let result = unsafe swiftlet_session_import(
      client, bytes.start, bytes.count, host.start, host.count)
    switch result {
    case SWIFTLET_OK: break
    case SWIFTLET_HOST_NAME_MISSING: throw .hostNameMissing
    case SWIFTLET_NO_KEY: throw .noKey
    case SWIFTLET_OUT_OF_MEMORY: throw .outOfMemory
    default: throw .refused
    }
  }
}
