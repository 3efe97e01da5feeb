import Foundation

/// `openssl s_server`: a TLS server that speaks no MQTT.
final class TLSServer: Sendable {
  let port: Int
  private let leaf: CertificateMaker.Leaf
  private let process: ChildProcess

  init(_ leaf: CertificateMaker.Leaf, options: [String] = []) async throws {
    self.leaf = leaf
    port = try LoopbackPort.freeTCP()
    process = try ChildProcess(
      Peers.openssl,
      [
        "s_server", "-accept", "127.0.0.1:\(port)", "-cert", leaf.certificatePath, "-key",
        leaf.keyPath, "-www",
      ] + options)
    try await wait(for: "openssl s_server to listen") { [process, port] in
      guard process.isRunning else { throw Failure("openssl ended: \(try process.errors)") }
      return LoopbackPort.answers(port)
    }
  }
}
