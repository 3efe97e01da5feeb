import BoardPlatform
import CBoard
import TimeKeeping

/// The product's TLS client, with what it takes to shake hands, and a watch on what it does.
///
/// Nothing but the client's own work is counted: the bytes between it and the server are moved
/// while the watch stands.
struct Client: ~Copyable {
  var backend: MbedTLSBackend
  var watch = Stopwatch()
  private let roots: MbedTLSRoots

  /// More turns than any handshake takes.
  private static var turnsMaximum: Int { 100 }
  private static var host: StaticString { "mqtt.cloud.test" }

  /// Creates a client in empty memory that trusts `root` and owns `key`, and a `certificate` for it
  /// unless that is empty.
  init(root: Span<UInt8>, key: Span<UInt8>, certificate: Span<UInt8> = Span()) {
    board_start_memory()
    // As many bytes as C says; there is one client at a time.
    var roots = unsafe MbedTLSRoots(
      unsafeStorage: UnsafeMutableRawBufferPointer(
        start: board_roots_storage(), count: MbedTLSRoots.storageByteCount))
    do {
      // Test keys lie in flash, and stay.
      try unsafe root.withUnsafeBufferPointer { bytes throws(MbedTLSRoots.Failure) in
        try unsafe roots.add(unsafeInPlace: bytes)
      }
    } catch { Report.fail("the root was refused") }
    backend = unsafe MbedTLSBackend(
      unsafeStorage: UnsafeMutableRawBufferPointer(
        start: board_client_storage(), count: MbedTLSBackend.storageByteCount),
      roots: roots)
    self.roots = roots
    let seed: StaticString = "Bytes that are the same for each run of this image."
    do { try backend.seed(seed.bytes) } catch { Report.fail("the seed was refused") }
    do throws(KeyFailure) {
      try backend.useKey(der: key)
      if !certificate.isEmpty { try backend.useCertificate(der: certificate) }
    } catch { Report.fail("the key was refused") }
  }

  /// Opens a connection, as far as a whole handshake.
  mutating func connect(at time: TrustedTime, isResumed: Bool) {
    Server.accept()
    watch.start()
    do { try backend.open(host: Self.host.bytes, at: time) } catch { Report.fail("no connection") }
    watch.stop()
    for _ in 0..<Self.turnsMaximum {
      watch.start()
      let progress = backend.advance()
      watch.stop()
      if case .failed(let failure) = progress {
        Report.fail(OfflineReason.security(failure).detail ?? "the handshake failed")
      }
      exchange()
      switch progress {
      case .handshaking: break
      case .open:
        guard backend.wasResumed == isResumed else { Report.fail("the other kind of handshake") }
        return
      case .idle, .failed: Report.fail("the handshake failed")
      }
    }
    Report.fail("the handshake has no end")
  }

  /// Moves what waits in both directions.
  mutating func exchange() {
    while true {
      let count = Server.receive(backend.recordsToSend)
      if count == 0 { break }
      watch.start()
      backend.recordsSent(count)
      watch.stop()
      Server.advance()
    }
    Server.advance()
    Self.fill(&backend, &watch)
  }

  // Apart, because space that is lent keeps its lender busy.
  private static func fill(_ backend: inout MbedTLSBackend, _ watch: inout Stopwatch) {
    watch.start()
    var space = backend.recordSpace()
    watch.stop()
    let count = space.isEmpty ? 0 : Server.send(into: &space)
    watch.start()
    backend.recordsReceived(count)
    watch.stop()
  }
}
