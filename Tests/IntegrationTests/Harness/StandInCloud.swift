import Foundation

/// A running `swiftlet cloud`.
final class StandInCloud: Sendable {
  let port: Int
  let timePort: Int
  /// The folder with the identities that it serves.
  let identities: String
  private let folder: TemporaryFolder
  private let process: ChildProcess

  /// Makes `devices` identities and starts to serve them.
  init(devices: Int) async throws {
    folder = try TemporaryFolder()
    port = try LoopbackPort.freeTCP()
    timePort = try LoopbackPort.freeUDP()
    identities = folder.file("fleet")
    try await Swiftlet.provision(devices, in: identities)
    process = try Swiftlet.start([
      "cloud", "--identities", identities, "--port", "\(port)", "--time-port", "\(timePort)",
    ])
    try await wait(for: "swiftlet cloud to serve") { [process] in
      guard process.isRunning else { throw Failure("swiftlet cloud: \(try process.errors)") }
      return try process.errors.contains("root certificate in")
    }
  }

  /// What `--broker` takes.
  var address: String { "mqtts://localhost:\(port)" }

  /// The file with the root to trust.
  var rootPath: String { identities + "/roots.pem" }

  /// Ends the cloud as an operator does.
  func stop() async throws -> ChildProcess.Outcome {
    process.signal(SIGTERM)
    return try await process.outcome()
  }
}
