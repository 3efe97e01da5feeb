import Bytes
import Device
import HostPlatform
import Identity
import MbedTLSAdapter
import TimeKeeping
import Units
import Wire

/// One device of a live fleet: the core's engine, real sockets, and a thermometer that publishes.
struct FleetDevice: ~Copyable {
  private var device: Device<MbedTLSBackend>
  private var platform: HostPlatform
  private var traffic: Traffic
  private let quality: MQTT.QualityOfService
  private let timeServerCount: Int
  private var watch: ConnectionWatch

  /// The number of messages that the core has accepted, and with them the number of the latest.
  private(set) var accepted = 0
  private(set) var acknowledged = 0
  private var notAccepted = 0
  private var received = 0
  private var isConfigured = false
  private var arrival: Instant?
  private var failures: [String: Int] = [:]
  private var mishaps: [String: Int] = [:]

  /// When the worker has to look after this device next; at first, when it is switched on.
  private(set) var deadline = Instant.never
  private let switchOnDelay: Interval

  init(
    index: Int, options: FleetOptions, roots: FleetRoots, room: UnsafeMutableRawBufferPointer,
    names: NameCache, epoll: Int32, recorder: LatencyRecorder
  ) throws(FleetError) {
    let member = options.members[index]
    var backend = MbedTLSBackend(unsafeStorage: room, roots: roots.roots)
    do { try backend.useKey(der: member.privateKey.span) } catch {
      throw .badKey(device: member.id)
    }
    var device = Device(backend: backend)
    do throws(Overflow) {
      try device.configure { configuration throws(Overflow) in
        try Self.fill(&configuration, for: member, options)
      }
    } catch { throw .nameTooLong(member.id) }
    self.device = device
    let sources = options.sourceAddresses
    platform = HostPlatform(
      names: names, epoll: epoll, token: UInt64(index),
      source: sources.isEmpty ? nil : sources[index % sources.count])
    switchOnDelay = options.pacing.delay(of: index)
    traffic = Traffic(seed: options.seed, index: index, interval: options.publishInterval)
    quality = options.quality
    timeServerCount = options.timeServers.count
    watch = ConnectionWatch(recorder: recorder)
  }

  /// Has the device switched on as the pacing says, counted from `start`.
  mutating func begin(at start: Instant) {
    deadline = start + switchOnDelay
    traffic.begin(at: deadline)
  }

  /// True once the device has stopped.
  var isHalted: Bool { device.phase == .halted }

  /// True from the first step of an attempt to connect to its success or failure.
  var isAttempting: Bool {
    switch device.phase {
    case .synchronizing, .signing, .resolving, .connecting, .securing, .joining: true
    case .seeding, .waiting, .online, .draining, .closing, .halted: false
    }
  }

  /// True if the device would begin an attempt, were it driven now.
  func isAboutToConnect(now: Instant) -> Bool {
    device.phase == .seeding || device.phase == .waiting && device.deadline(now: now) <= now
  }

  /// Keeps the device asleep; while `isPublishing`, it measures and stores all the same.
  mutating func wait(isPublishing: Bool) {
    guard isPublishing else { return deadline = .never }
    if HostPlatform.now() >= traffic.nextAt { publish() }
    deadline = traffic.nextAt
  }

  /// Does all there is to do now; while `isPublishing`, a message too if one is due.
  mutating func run(isPublishing: Bool) {
    work()
    let now = HostPlatform.now()
    if isPublishing, now >= traffic.nextAt {
      publish()
      work()
    }
    let next = device.deadline(now: now)
    deadline = isPublishing ? min(next, traffic.nextAt) : next
  }

  /// Stops the device once its messages are acknowledged; `patience` is over at the latest then.
  mutating func settle(isOutOfPatience: Bool) {
    guard !isHalted, isOutOfPatience || device.unacknowledgedCount == 0 else { return }
    device.stop(now: HostPlatform.now())
    run(isPublishing: false)
  }

  /// What the device has done.
  func tally() -> FleetTally {
    var tally = FleetTally()
    let counters = device.counters
    tally.devices = 1
    tally.phases[Int(device.phase.rawValue)] = 1
    tally.online = device.isOnline ? 1 : 0
    tally.everOnline = arrival == nil ? 0 : 1
    tally.lastArrival = arrival
    tally.halted = isHalted ? 1 : 0
    tally.accepted = accepted
    tally.acknowledged = quality == .atMostOnce ? accepted : acknowledged
    tally.notAccepted = notAccepted
    tally.received = received
    tally.configured = isConfigured ? 1 : 0
    tally.refreshes = counters.refreshes
    tally.refreshed = counters.refreshes > 0 ? 1 : 0
    tally.tokensSigned = counters.tokensSigned
    tally.tokensRefused = counters.tokensRefused
    tally.connectsFull = counters.connectsFull
    tally.connectsResumed = counters.connectsResumed
    tally.connectsFailed = counters.connectsFailed
    tally.hopeless = isHopeless ? 1 : 0
    tally.timeRejections = counters.timeRejections
    tally.synchronized = counters.synchronizations > 0 ? 1 : 0
    tally.bytesSent = platform.bytesSent
    tally.bytesReceived = platform.bytesReceived
    tally.failures = failures
    tally.mishaps = mishaps
    return tally
  }

  private var isHopeless: Bool {
    device.counters.connectsFailed > 1
      || device.counters.synchronizations == 0
        && device.counters.timeRejections > timeServerCount
  }

  private mutating func work() {
    while drive(&device, on: &platform) == .events {
      while handleEvent() {}
      look()
    }
    look()
  }

  private mutating func look() {
    watch.look(at: device.phase, platform.moments, isSubscribed: device.isSubscribed)
  }

  /// Takes note of one event; false when there was none.
  private mutating func handleEvent() -> Bool {
    switch device.nextEvent() {
    case .none: return false
    case .acknowledged(let packetID):
      acknowledged += 1
      watch.acknowledged(packetID)
    case .online(let sessionPresent):
      if arrival == nil { arrival = HostPlatform.now() }
      // A session that the cloud has kept holds the subscriptions of this process's devices too.
      watch.wentOnline(platform.moments, isSubscribed: sessionPresent)
    case .message(let kind, _, _):
      received += 1
      if case .config = kind { isConfigured = true }
    case .offline(.refresh), .offline(.stopped): watch.wentOffline(isPlanned: true)
    case .offline(let reason):
      failures[reason.description, default: 0] += 1
      watch.wentOffline(isPlanned: false)
    case .subscriptionRefused: mishaps["a subscription was refused", default: 0] += 1
    case .dropped: mishaps["a message was dropped", default: 0] += 1
    case .oversized: mishaps["a message was longer than the inbox", default: 0] += 1
    case .synchronized, .timeRejected, .tokenSigned: break
    }
    return true
  }

  private mutating func publish() {
    let message = traffic.message(UInt64(accepted + 1))
    do {
      let packetID = try device.publish(message.span, to: .events, quality: quality, on: &platform)
      accepted += 1
      // How long a message waits for a connection is told by the times of connecting.
      if let packetID, device.isOnline { watch.accepted(packetID) }
    } catch {
      notAccepted += 1
    }
  }

  private static func fill(
    _ configuration: inout DeviceConfiguration, for member: FleetOptions.Member,
    _ options: FleetOptions
  ) throws(Overflow) {
    configuration.profile = options.profile
    try configuration.names.project.append(Array(options.project.utf8).span)
    try configuration.names.region.append(Array(options.region.utf8).span)
    try configuration.names.registry.append(Array(options.registry.utf8).span)
    try configuration.names.device.append(Array(member.id.utf8).span)
    try configuration.cloudHost.append(Array(options.cloud.host.utf8).span)
    configuration.cloudPort = options.cloud.port
    for server in options.timeServers {
      try configuration.timeServers.append(Array(server.host.utf8).span, port: server.port)
    }
    configuration.timeFloor = timeFloor
    configuration.tokenPolicy = TokenPolicy(
      lifetime: options.tokenLifetime, margin: TokenPolicy.standard.margin,
      jitterMaximum: TokenPolicy.standard.jitterMaximum,
      signAhead: TokenPolicy.standard.signAhead)
    let standard = BackOffPolicy.standard
    configuration.backOffPolicy = BackOffPolicy(
      base: standard.base, cap: standard.cap,
      firstSpread: options.pacing.rate == nil ? options.connectSpread : .zero,
      decayTime: standard.decayTime, resetTime: standard.resetTime)
  }

  /// 2026-01-01: this program did not exist before.
  private static let timeFloor = UnixTime(seconds: 1_767_225_600)
}
