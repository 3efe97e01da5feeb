public import ScriptedServer
public import TLS

/// A server in the process that breaks the rules of resumption on demand.
public final class MisbehavingServer {
  /// It could not start.
  public struct Failure: Error {}

  private let server: OpaquePointer

  /// Reads the certificate `name`.
  public init(_ name: String, pki: TestPKI) throws {
    let start = pki.folder.url.appendingPathComponent(name).path
    guard let server = scripted_server_create("\(start).pem", "\(start).key") else {
      throw Failure()
    }
    self.server = server
  }

  deinit { scripted_server_free(server) }

  /// True once the handshake is over on this side.
  public var isOpen: Bool { scripted_server_is_open(server) != 0 }

  /// Awaits a client and behaves as told.
  public func accept(_ adjust: (inout scripted_conduct) -> Void = { _ in }) throws {
    var conduct = scripted_conduct()
    adjust(&conduct)
    guard scripted_server_accept(server, conduct) == 0 else { throw Failure() }
  }

  /// Moves bytes to and fro between `client` and this server until nothing moves any more.
  ///
  /// The server's bytes go through `change`, with the number of those before them, on their way.
  public func shakeHands(
    with client: Client, change: (Int, inout [UInt8]) -> Void = { _, _ in }
  ) -> SecureStreamProgress {
    var moved = 0
    while true {
      let progress = client.backend.advance()
      let records = client.recordsToSend
      client.backend.recordsSent(records.count)
      _ = scripted_server_receive(server, records, records.count)
      var bytes = [UInt8](repeating: 0, count: client.recordRoom)
      let count = scripted_server_take(server, &bytes, bytes.count)
      if records.isEmpty && count == 0 { return progress }
      bytes.removeLast(bytes.count - count)
      change(moved, &bytes)
      moved += count
      client.receive(bytes)
    }
  }

  /// Sends `plaintext`, which `client` must read.
  public func says(_ plaintext: [UInt8], to client: Client) throws -> Bool {
    guard scripted_server_say(server, plaintext, plaintext.count) == 0 else { throw Failure() }
    _ = shakeHands(with: client)
    var bytes = [UInt8](repeating: 0, count: plaintext.count + 1)
    var space = bytes.mutableSpan
    let count = try client.backend.read(into: &space)
    return Array(bytes.prefix(count)) == plaintext
  }
}
