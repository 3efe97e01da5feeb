import Bytes
import Device
import Identity
import Jitter
import MQTTClient
import Store
import Testing
import TimeKeeping
import Units
import Wire

/// A device in a model world, and an application that keeps what it is told.
///
/// Time jumps from one moment at which something is due to the next.
final class Trial {
  let world = ModelWorld()
  let cryptography = ModelCryptography()
  var device: Device<ModelBackend>

  var events: [Happening] = []
  /// The phases seen after each call of `drive`, without repetitions.
  var phases: [DevicePhase] = []
  /// The payloads of the messages that were accepted, and of those that were acknowledged.
  var accepted: [String] = []
  var acknowledged: [String] = []
  private var payloads: [UInt16: String] = [:]
  var messages: [String] = []
  /// The phase in which the application stops the device, as soon as it sees it.
  var stopsIn: DevicePhase?
  /// The application stops the device when it has taken events, before it is driven again.
  var stopsAfterEvents = false
  /// A second, and how often the device wanted to be woken in it.
  private var ownSecond: UInt64 = 0
  private var ownWakeUps = 0
  /// How often `drive` was called.
  var wakeUps = 0

  var broker: ModelBroker { world.broker }
  var instant: Instant { Instant(milliseconds: world.milliseconds) }
  var phase: DevicePhase { device.phase }
  /// How wrong the device's date is; as wrong as can be where it has none.
  var error: Interval {
    let date = device.time(at: world.now())
    return date?.time.distance(to: world.date) ?? Interval(milliseconds: .max)
  }

  /// What the application was told, in a form that can be compared.
  enum Happening: Equatable {
    case synchronized
    case timeRejected
    case tokenSigned
    case online(sessionPresent: Bool)
    case offline(OfflineReason)
    case oversized(Int)
    case subscriptionRefused
    case dropped(DropReason)
  }

  /// What makes a device like this one, after a reset too.
  private let make: (ModelCryptography) -> Device<ModelBackend>

  init(
    _ name: String = #function, seed: UInt64 = 1, timeServers: Int = 3,
    lifetime: Interval? = Interval(seconds: 3_600), outbox: OutboxPolicy? = nil,
    adjust: (inout CloudProfile) -> Void = { _ in }
  ) {
    var profile = CloudProfile.google
    adjust(&profile)
    make = { [profile] cryptography in
      Self.device(cryptography, profile, timeServers, lifetime, outbox)
    }
    device = make(cryptography)
    world.name = "\(name), seed \(seed)"
    world.random = SplitMix64(seed: seed)
    let world = world
    cryptography.note = { world.note($0) }
  }

  private static func device(
    _ cryptography: ModelCryptography, _ profile: CloudProfile, _ timeServers: Int,
    _ lifetime: Interval?, _ outbox: OutboxPolicy?
  ) -> Device<ModelBackend> {
    var device = Device(backend: ModelBackend(script: cryptography))
    do {
      try device.configure { configuration throws(Overflow) in
        configuration.profile = profile
        try configuration.names.project.append("project")
        try configuration.names.region.append("region")
        try configuration.names.registry.append("registry")
        try configuration.names.device.append("device")
        try configuration.cloudHost.append("cloud")
        if timeServers > 0 { try configuration.timeServers.append("time-0") }
        if timeServers > 1 { try configuration.timeServers.append("time-1") }
        if timeServers > 2 { try configuration.timeServers.append("time-2") }
        // The first day of 2026.
        configuration.timeFloor = UnixTime(seconds: 1_767_225_600)
        if let outbox {
          configuration.outboxBlocks = 0..<4
          configuration.outboxPolicy = outbox
        }
        guard let lifetime else { return }
        configuration.tokenPolicy = TokenPolicy(
          lifetime: lifetime, margin: TokenPolicy.standard.margin,
          jitterMaximum: TokenPolicy.standard.jitterMaximum,
          signAhead: TokenPolicy.standard.signAhead)
      }
    } catch { fatalError("names are short") }
    return device
  }

  /// The power is cut and comes back: the flash is all that the device remembers.
  func restart() {
    world.powerCut()
    payloads = [:]
    device = make(cryptography)
  }

  /// Calls `drive` until the device sleeps.
  func work() {
    wakeUps += 1
    while true {
      world.feedings = 0
      let outcome = drive(&device, onto: world)
      notePhase()
      if outcome == .events { while device.take(into: self) {} }
      notePhase()
      if outcome == .events, stopsAfterEvents {
        stopsAfterEvents = false
        device.stop(now: instant)
      } else if stopsIn == device.phase {
        stopsIn = nil
        device.stop(now: instant)
      } else if outcome == .sleep {
        return
      }
    }
  }

  private func notePhase() {
    if phases.last != device.phase { phases.append(device.phase) }
  }

  /// Lets `milliseconds` pass, and the device do its work.
  func run(milliseconds: UInt64) { run(until: world.milliseconds + milliseconds) }

  /// Lets `seconds` pass, and the device do its work.
  func run(seconds: UInt64) { run(until: world.milliseconds + seconds * 1_000) }

  /// Lets time pass until `condition` holds; false if it does not within `seconds`.
  @discardableResult
  func run(seconds: UInt64, until condition: (Trial) -> Bool) -> Bool {
    let end = world.milliseconds + seconds * 1_000
    work()
    while world.milliseconds < end, !condition(self) { advance(to: end) }
    return condition(self)
  }

  func run(until end: UInt64) {
    work()
    while world.milliseconds < end { advance(to: end) }
  }

  /// Goes to the next moment at which something is due, and does it.
  private func advance(to end: UInt64) {
    let deadline = device.deadline(now: instant).milliseconds
    if deadline <= world.milliseconds {
      // A second call may be needed where the first had to leave something for the next; never a
      // third one at the same moment.
      work()
      let later = device.deadline(now: instant).milliseconds
      #expect(
        later > world.milliseconds,
        "busy in \(device.phase) at \(world.milliseconds): \(world.name); \(world.log.suffix(8))"
      )
    }
    let next = max(world.milliseconds + 1, device.deadline(now: instant).milliseconds)
    if next < end, next < world.nextDelivery { noteOwnWakeUp(at: next) }
    world.milliseconds = min(end, next, world.nextDelivery)
    work()
  }

  /// The device has asked to be woken: not more often than two things can be polled for at once.
  private func noteOwnWakeUp(at moment: UInt64) {
    ownWakeUps = moment / 1_000 == ownSecond ? ownWakeUps + 1 : 1
    ownSecond = moment / 1_000
    #expect(ownWakeUps <= 50, "wakes too often in \(device.phase) at \(moment): \(world.name)")
  }

  /// Runs until messages flow.
  @discardableResult
  func goOnline(sourceLocation: SourceLocation = #_sourceLocation) -> Bool {
    let isOnline = run(seconds: 600) { $0.phase == .online && $0.device.isSettled }
    #expect(isOnline, "\(world.name): \(phase); \(events)", sourceLocation: sourceLocation)
    return isOnline
  }

  /// Publishes a message that must be accepted.
  func publish(_ payload: String, quality: MQTT.QualityOfService = .atLeastOnce) {
    do throws(PublishFailure) {
      try offer(payload, quality: quality)
    } catch {
      Issue.record("not accepted: \(error); \(world.name)")
    }
  }

  /// Publishes a message, or throws.
  func offer(
    _ payload: String, quality: MQTT.QualityOfService = .atLeastOnce,
    priority: MessagePriority = .normal
  ) throws(PublishFailure) {
    let bytes = Array(payload.utf8)
    var world = world
    let packetID = try device.publish(
      bytes.span, to: .events, quality: quality, priority: priority, on: &world)
    accepted.append(payload)
    if let packetID { payloads[packetID.rawValue] = payload }
    work()
  }

  func stop() {
    device.stop(now: instant)
    work()
  }

  fileprivate func take(_ packetID: MQTT.PacketID) {
    if let payload = payloads.removeValue(forKey: packetID.rawValue) {
      acknowledged.append(payload)
    }
  }

  /// The events of going offline.
  var reasons: [OfflineReason] {
    events.compactMap { if case .offline(let reason) = $0 { reason } else { nil } }
  }

  func count(_ entry: String) -> Int { world.log.count { $0 == entry } }
}

/// Lends the world by value, because a class needs no place of its own.
private func drive(_ device: inout Device<ModelBackend>, onto world: ModelWorld) -> DriveOutcome {
  var world = world
  return drive(&device, on: &world)
}

extension Device where Backend == ModelBackend {
  /// Nothing waits for an answer of the cloud.
  var isSettled: Bool { unacknowledgedCount == 0 }

  /// Takes one event; false if there was none.
  fileprivate mutating func take(into trial: Trial) -> Bool {
    switch nextEvent() {
    case .none: return false
    case .synchronized: trial.events.append(.synchronized)
    case .timeRejected: trial.events.append(.timeRejected)
    case .tokenSigned: trial.events.append(.tokenSigned)
    case .online(let sessionPresent): trial.events.append(.online(sessionPresent: sessionPresent))
    case .offline(let reason):
      trial.events.append(.offline(reason))
      let isOfToken = [.refused(.notAuthorized), .refused(.badUserNameOrPassword)].contains(reason)
      if isOfToken { trial.broker.noteRefusal() }
    case .acknowledged(let packetID): trial.take(packetID)
    case .message(_, _, let payload):
      trial.messages.append(String(decoding: copy(payload), as: UTF8.self))
    case .dropped(_, let reason): trial.events.append(.dropped(reason))
    case .oversized(let count): trial.events.append(.oversized(count))
    case .subscriptionRefused: trial.events.append(.subscriptionRefused)
    }
    return true
  }
}
