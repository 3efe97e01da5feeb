import Foundation

/// A chrony time server that leaves this machine's clock alone.
final class ChronyServer: Sendable {
  let port: Int
  private let folder: TemporaryFolder
  private let process: ChildProcess

  init() async throws {
    port = try LoopbackPort.freeUDP()
    folder = try TemporaryFolder()
    let configuration = try folder.write(
      """
      port \(port)
      bindaddress 127.0.0.1
      cmdport 0
      local stratum 8
      allow 127.0.0.1
      pidfile \(folder.file("chrony.pid"))
      """, to: "chrony.conf")
    process = try ChildProcess(Peers.timeServer, ["-x", "-d", "-U", "-f", configuration])
    let pidFile = folder.file("chrony.pid")
    try await wait(for: "chronyd to start") { [process] in
      guard process.isRunning else { throw Failure("chronyd ended: \(try process.errors)") }
      return FileManager.default.fileExists(atPath: pidFile)
    }
  }
}
