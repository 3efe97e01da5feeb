import Bytes
import Device
import Identity
import Platform
import Results
import TimeKeeping
import Units

/// One device in virtual time: the core's engine, the world around it, and a thermometer that
/// publishes.
///
/// Whoever has it calls `wake(at:)` at `wakeAt`, again and again, and `finish` in the end.
final class VirtualDevice {
  let plan: Plan
  let world: UnsafeMutablePointer<WorldState>
  let engine: UnsafeMutablePointer<Device<ModelBackend>>
  let life: UnsafeMutablePointer<Life>

  /// What the device does beside its engine.
  struct Life {
    enum Power {
      case on
      /// Until the power comes back.
      case off(until: UInt64)
      /// Its battery has ended.
      case dead
    }

    var power = Power.off(until: Limits.bootTime)
    /// When the next message is due.
    var publishAt = UInt64.max
    /// When the brown-out resets it next.
    var resetAt = UInt64.max
    /// When a power cut happens that waits for an operation of the flash.
    var cutAt = UInt64.max
    /// When the battery is looked at next.
    var batteryAt = UInt64.max
    /// The phase that the engine was in.
    var phase = DevicePhase.seeding
    var isOnline = false
    /// An answer of a time server has set the clock.
    var hasSynchronized = false
    /// How often it was woken at the present moment, for nothing but its own deadline.
    var wakesAtOnce = 0
    /// When it was woken last: up to then it has noticed what its sockets did.
    var wokenAt: UInt64 = 0
    /// When it has to be woken next.
    var wakeAt = Limits.bootTime
    var battery: BatteryAtWork?
  }

  init(
    plan: Plan, room: WorkerRoom, throttle: Throttle? = nil, tracer: Tracer? = nil, index: Int
  ) {
    self.plan = plan
    world = .allocate(capacity: 1)
    world.initialize(
      to: WorldState(plan: plan, room: room, throttle: throttle, tracer: tracer, index: index))
    engine = .allocate(capacity: 1)
    engine.initialize(to: Device(backend: ModelBackend(world: world)))
    life = .allocate(capacity: 1)
    life.initialize(to: Life())
    var random = Draw.stream(plan.seed, UInt64(index), .device)
    let drift = UInt64(max(0, plan.scenario.device.clockDriftMillionths))
    world.pointee.crystalDrift = Int64(random.draw(0, 2 * drift)) - Int64(drift)
    world.pointee.clock.setDrift(world.pointee.crystalDrift, at: 0)
    if let interval = plan.publishInterval {
      life.pointee.publishAt = random.below(interval)
    }
    if let battery = BatteryAtWork(plan, index: index) {
      life.pointee.battery = battery
      life.pointee.batteryAt = BatteryAtWork.period
    }
    room.result.pointee.devices += 1
    setWake()
  }

  deinit {
    engine.deinitialize(count: 1)
    engine.deallocate()
    world.deinitialize(count: 1)
    world.deallocate()
    life.deinitialize(count: 1)
    life.deallocate()
  }

  /// Lives from the beginning to the end; false if that was interrupted.
  func live(isInterrupted: () -> Bool) -> Bool {
    var wakes = 0
    while wakeAt < plan.end {
      if wakeAt >= plan.duration, isSettled { break }
      wake(at: wakeAt)
      wakes += 1
      if wakes & 0x3FFF == 0, isInterrupted() { return false }
    }
    finish()
    return true
  }

  /// When it has to be woken next; `max` if never.
  @inline(__always)
  var wakeAt: UInt64 { life.pointee.wakeAt }

  /// True once nothing is left to be done: everything is delivered, and no fault will come.
  var isSettled: Bool {
    switch life.pointee.power {
    case .dead: true
    case .off: false
    case .on: engine.pointee.isOnline && engine.pointee.unacknowledgedCount == 0
    }
  }

  /// Does what is due at `moment`, which is `wakeAt`.
  func wake(at moment: UInt64) {
    world.pointee.advance(to: moment)
    life.pointee.wokenAt = moment
    world.pointee.room.result.pointee.events += 1
    if moment >= world.pointee.faults.nextEdge { meetFaults() }
    if moment >= life.pointee.batteryAt { lookAtBattery() }
    switch life.pointee.power {
    case .dead: return setWake()
    case .off(let until):
      guard moment >= until else { return setWake() }
      boot()
    case .on:
      if moment >= life.pointee.resetAt || moment >= life.pointee.cutAt { return lapse() }
    }
    if moment >= world.pointee.cloud.closesAt { world.pointee.forgetConnection(.end, at: moment) }
    if moment >= life.pointee.publishAt { publish() }
    work()
    setWake()
  }

  /// Lets the engine do all that it can do now.
  private func work() {
    var port = WorldPort(world: world)
    while true {
      world.pointee.steps = 0
      let outcome = drive(&engine.pointee, on: &port)
      if world.pointee.isPowerless { return failPower() }
      if engine.pointee.phase != life.pointee.phase { notePhase() }
      if outcome == .sleep { return }
      while takeEvent() {}
    }
  }

  /// Finds out when it has to be woken next.
  @inline(__always)
  func setWake() {
    let now = world.pointee.now
    var earliest = min(world.pointee.faults.nextEdge, life.pointee.batteryAt)
    switch life.pointee.power {
    case .dead: return life.pointee.wakeAt = .max
    case .off(let until): return life.pointee.wakeAt = min(earliest, until)
    case .on: break
    }
    earliest = min(earliest, min(life.pointee.publishAt, life.pointee.resetAt))
    earliest = min(earliest, world.pointee.link.movesAt(after: life.pointee.wokenAt))
    earliest = min(earliest, world.pointee.sockets.movesAt(after: life.pointee.wokenAt))
    earliest = min(earliest, min(world.pointee.cloud.closesAt, life.pointee.cutAt))
    let deadline = engine.pointee.deadline(now: Instant(milliseconds: world.pointee.localNow))
    if deadline != .never {
      earliest = min(earliest, world.pointee.clock.moment(of: deadline.milliseconds))
    }
    guard earliest <= now else {
      life.pointee.wakesAtOnce = 0
      return life.pointee.wakeAt = earliest
    }
    life.pointee.wakesAtOnce += 1
    life.pointee.wakeAt = now
    guard life.pointee.wakesAtOnce > Limits.wakesAtOnce else { return }
    let local = world.pointee.localNow
    world.pointee.breach(
      .monotonicTime,
      "the engine asks to be woken at once for ever: \(engine.pointee.phase), "
        + "due \(deadline.milliseconds) at \(local), publish \(life.pointee.publishAt), "
        + "edge \(world.pointee.faults.nextEdge), now \(now)")
    life.pointee.wakeAt = now + 1_000
  }

  /// The engine has entered another phase.
  private func notePhase() {
    life.pointee.phase = engine.pointee.phase
    let now = Instant(milliseconds: world.pointee.localNow)
    if engine.pointee.phase == .waiting {
      let wait = engine.pointee.deadline(now: now).since(now)
      world.pointee.room.result.pointee.backOffTime.record(wait.milliseconds)
    }
    if world.pointee.isTraced { world.pointee.trace(.engine, "\(engine.pointee.phase)") }
  }
}

// MARK: - The device's configuration

extension VirtualDevice {
  /// The power is there: the engine begins anew, with nothing but what is on flash.
  func boot() {
    life.pointee.power = .on
    life.pointee.phase = .seeding
    life.pointee.isOnline = false
    world.pointee.isPowerless = false
    world.pointee.clock.boot(at: world.pointee.now)
    world.pointee.localNow = 0
    world.pointee.security.reboot()
    world.pointee.cloudLookup = Lookup()
    world.pointee.timeLookup = Lookup()
    world.pointee.sockets = Datagrams()
    world.pointee.checker.clockMayBeWrong = world.pointee.faults.active.contains(.timeDrift)
    if world.pointee.isTraced { world.pointee.trace(.power, "on") }
    engine.pointee = Device(backend: ModelBackend(world: world))
    do throws(Overflow) {
      try engine.pointee.configure { configuration throws(Overflow) in
        try fill(&configuration)
      }
    } catch { fatalError("the names of model devices are short") }
  }

  private func fill(_ configuration: inout DeviceConfiguration) throws(Overflow) {
    let model = plan.scenario.device
    configuration.profile = plan.profile
    try configuration.names.project.append("project")
    try configuration.names.region.append("region")
    try configuration.names.registry.append("registry")
    try configuration.names.device.append("device-")
    try configuration.names.device.append(decimal: world.pointee.index)
    try configuration.cloudHost.append("cloud.example")
    for server in 0..<min(3, max(1, model.timeServerCount)) {
      let names: [StaticString] = ["t0.example", "t1.example", "t2.example"]
      try configuration.timeServers.append(names[server])
    }
    configuration.outboxBlocks = 0..<(world.pointee.flash.isPresent ? model.flash.blockCount : 0)
    configuration.outboxPolicy =
      switch model.flash.whenFull {
      case .refuse: .refuse
      case .dropOldest: .dropOldest
      case .dropLowestPriority: .dropLeastImportant
      }
    configuration.timeFloor = plan.scenario.epoch - Interval(seconds: 30 * 86_400)
    let standard = TokenPolicy.standard
    configuration.tokenPolicy = TokenPolicy(
      lifetime: plan.profile.tokenLifetimeMaximum, margin: standard.margin,
      jitterMaximum: model.tokenJitter, signAhead: standard.signAhead)
    let backOff = BackOffPolicy.standard
    configuration.backOffPolicy = BackOffPolicy(
      base: model.backOff.base, cap: model.backOff.cap, floor: model.backOff.floor,
      firstSpread: model.backOff.firstSpread, decayTime: backOff.decayTime,
      resetTime: backOff.resetTime)
  }
}
