public import Logging
import NIOCore
import NIOPosix
public import Provisioning
import Synchronization

/// A stand-in for a Google-style device cloud, on loopback only.
///
/// MQTT 3.1.1 over TLS with tokens as passwords, and SNTP. It shares the MQTT packet formats with
/// the devices and nothing else: sockets are SwiftNIO's, TLS is BoringSSL's, tokens are checked by
/// jwt-kit, certificates made by swift-certificates. It can be told to misbehave.
///
/// Methods may be called from any thread; calls of `start`, `stop` and `restart` must not overlap.
public final class Cloud: Sendable {
  /// The authority whose root devices must trust; it can issue other chains for `presentChain`.
  public let authority: CertificateAuthority

  private let options: CloudOptions
  private let broker: Broker
  private let tls: TLSContext
  private let identity: ServerIdentity
  private let running = Mutex<Running?>(nil)

  private struct Running: Sendable {
    let group: MultiThreadedEventLoopGroup
    let timeServer: any Channel
    /// Nil during a restart.
    var bridge: (any Channel)?
    let mqttPort: Int
    let sntpPort: Int
  }

  /// Creates a cloud with new certificates.
  ///
  /// - Throws: `CertificateRequestError` if the options name no proper host.
  public init(
    options: CloudOptions = CloudOptions(), registry: Registry,
    authority: CertificateAuthority? = nil,
    logger: Logger? = nil
  ) throws {
    let authority = try authority ?? CertificateAuthority(kind: options.chain)
    self.authority = authority
    self.options = options
    identity = try authority.issue(
      names: options.serverNames, addresses: options.serverAddresses, kind: options.chain)
    tls = try TLSContext(identity, resumesSessions: options.resumesSessions)
    let silent = Logger(label: "swiftlet.cloud") { _ in SwiftLogNoOpLogHandler() }
    broker = Broker(options: options, registry: registry, logger: logger ?? silent)
  }

  /// Opens the ports and serves until `stop`; a cloud that was stopped can start again.
  ///
  /// - Throws: `CloudError.port` if a port is taken.
  public func start() async throws {
    precondition(running.withLock { $0 == nil }, "the cloud is running")
    let group = MultiThreadedEventLoopGroup(numberOfThreads: options.eventLoops)
    do {
      let bridge = try await openBridge(group: group, port: options.mqttPort)
      let timeServer = try await Listeners.openTimeServer(
        group: group, broker: broker, port: options.sntpPort)
      running.withLock {
        $0 = Running(
          group: group, timeServer: timeServer, bridge: bridge, mqttPort: bridge.port,
          sntpPort: timeServer.port)
      }
    } catch {
      // Closes what was opened.
      try await group.shutdownGracefully()
      throw error
    }
    broker.logger.info(
      "cloud started", metadata: ["mqttPort": "\(mqttPort)", "sntpPort": "\(sntpPort)"])
  }

  /// Closes everything; statistics, sessions and logs can still be read.
  public func stop() async {
    guard let running = running.withLock({ $0 }) else { return }
    await closeBridge(running)
    await Listeners.close(running.timeServer)
    // Fails only for a group that was shut down before.
    try? await running.group.shutdownGracefully()
    self.running.withLock { $0 = nil }
    broker.logger.info("cloud stopped")
  }

  /// Closes the MQTT port and its connections, waits, and opens the same port again.
  ///
  /// The time server goes on; it has misbehaviours of its own.
  ///
  /// - Parameters:
  ///   - pause: how long nothing listens.
  ///   - keepSessions: false makes the cloud forget all MQTT sessions.
  /// - Throws: `CloudError.port` if another process took the port meanwhile; then the cloud is
  ///   stopped.
  public func restart(pause: Duration = .zero, keepSessions: Bool = true) async throws {
    guard let current = running.withLock({ $0 }) else { preconditionFailure("not running") }
    if let bridge = current.bridge { await Listeners.close(bridge) }
    let reservation = PortReservation(port: current.mqttPort)
    await closeBridge(current)
    if !keepSessions { broker.withState { $0.forgetSessions() } }
    do {
      if pause > .zero { try await Task.sleep(for: pause) }
      let bridge = try await openBridge(group: current.group, port: current.mqttPort)
      running.withLock { $0?.bridge = bridge }
    } catch {
      await stop()
      throw error
    }
    _ = consume reservation
    broker.logger.info("cloud restarted")
  }

  /// The TCP port of MQTT over TLS, or zero while stopped.
  public var mqttPort: Int { running.withLock { $0?.mqttPort ?? 0 } }

  /// The UDP port of SNTP, or zero while stopped.
  public var sntpPort: Int { running.withLock { $0?.sntpPort ?? 0 } }

  /// The certificates to trust, in DER.
  public var rootCertificates: [[UInt8]] { [authority.rootDER] }

  /// The certificates to trust, in PEM.
  public var rootPEM: String { authority.rootPEM }

  /// What was seen and done so far.
  public var statistics: Statistics { broker.withState { $0.snapshot } }

  /// The numbers of the messages of `kind` that arrived from `device`.
  public func received(from device: String, _ kind: MessageKind = .events) -> ReceivedLog {
    broker.withState { $0.log(of: kind, device: device) }
  }

  /// What `device` last said of itself, or nil where it has said nothing.
  public func state(of device: String) -> [UInt8]? { broker.withState { $0.states[device] } }

  // MARK: Control

  /// Adds a device or replaces its keys; connections that are open stay.
  public func register(device: String, keys: [RegistryKey]) throws(RegistryError) {
    let result = broker.withState { state -> Result<Void, RegistryError> in
      do throws(RegistryError) {
        try state.registry.register(device: device, keys: keys)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Sets the configuration of `device`, which gets it now or when it subscribes.
  public func configure(_ device: String, _ payload: [UInt8]) {
    broker.withState { $0.configure(device, payload: payload) }
  }

  /// Sends a command to `device`, or keeps it for a session that is not connected.
  ///
  /// - Parameter subfolder: what follows `commands/` in the topic, without wildcards.
  /// - Throws: `CloudError.notSubscribed`.
  public func send(
    command: [UInt8], subfolder: String? = nil, to device: String
  ) throws(CloudError) {
    let isWanted = broker.withState {
      $0.command(command, subfolder: subfolder, device: device)
    }
    guard isWanted else { throw .notSubscribed(device) }
  }

  /// Begins, changes or ends a misbehaviour, which holds for connections open and to come.
  public func misbehave(_ misbehaviour: Misbehaviour) {
    broker.logger.info("misbehaving", metadata: ["how": "\(misbehaviour)"])
    if case .presentChain(let identity) = misbehaviour {
      tls.present(identity)
    } else {
      broker.misbehave(misbehaviour)
    }
  }

  /// Ends every misbehaviour; acknowledgements held are sent.
  public func behave() {
    tls.present(identity)
    broker.behave()
  }

  // MARK: Private

  private func openBridge(
    group: MultiThreadedEventLoopGroup, port: Int
  ) async throws -> any Channel {
    try await Listeners.openBridge(group: group, broker: broker, context: tls, port: port)
  }

  /// Closes the MQTT port, if it is open, and every connection.
  private func closeBridge(_ current: Running) async {
    if let bridge = current.bridge { await Listeners.close(bridge) }
    running.withLock { $0?.bridge = nil }
    // A connection that was accepted while the port closed can only be seen after that.
    let links = broker.withState { $0.links.values.map { $0 } }
    for link in links { link.order(.close(.stopped)) }
    for link in links { await link.waitUntilClosed() }
  }
}

extension Channel {
  fileprivate var port: Int { localAddress?.port ?? 0 }
}
