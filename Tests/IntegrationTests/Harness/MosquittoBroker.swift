import Foundation

/// A mosquitto broker with TLS, which keeps its sessions and messages in a folder of its own.
actor MosquittoBroker {
  let port: Int
  let rootPath: String
  private let leaf: CertificateMaker.Leaf
  private let folder: TemporaryFolder
  private var process: ChildProcess

  /// Starts the broker with a certificate of `maker`; it sends at once unless it `delaysSends`,
  /// which is what it does by default.
  init(_ maker: CertificateMaker, delaysSends: Bool = false) async throws {
    port = try LoopbackPort.freeTCP()
    rootPath = maker.rootPath
    folder = try TemporaryFolder()
    leaf = try await maker.leaf()
    try folder.write(
      """
      listener \(port) 127.0.0.1
      certfile \(leaf.certificatePath)
      keyfile \(leaf.keyPath)
      allow_anonymous true
      user root
      set_tcp_nodelay \(!delaysSends)
      max_queued_messages 0
      persistence true
      persistence_location \(folder.path)/
      """, to: "mosquitto.conf")
    process = try await Self.start(folder, port)
  }

  /// Ends the broker, which saves its sessions then, and starts it again at the same port.
  func restart() async throws {
    process.signal(SIGTERM)
    try await process.outcome()
    process = try await Self.start(folder, port)
  }

  /// Ends the broker.
  func stop() async throws {
    process.signal(SIGTERM)
    try await process.outcome()
  }

  /// The arguments with which mosquitto's clients connect.
  nonisolated func connection(clientID: String) -> [String] {
    ["-h", "localhost", "-p", "\(port)", "--cafile", rootPath, "-i", clientID]
  }

  private static func start(_ folder: TemporaryFolder, _ port: Int) async throws -> ChildProcess {
    let process = try ChildProcess(Peers.broker, ["-c", folder.file("mosquitto.conf")])
    try await wait(for: "mosquitto to listen") {
      guard process.isRunning else { throw Failure("mosquitto ended: \(try process.errors)") }
      return LoopbackPort.answers(port)
    }
    return process
  }
}
