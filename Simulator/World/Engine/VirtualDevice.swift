import Bytes
import Device
import Energy
import Identity
import Results
import Scenarios
import Store
import TimeKeeping
import Units

/// One device with its world, from its first start to the end of the run.
///
/// Whoever runs it calls `run(at:)` at each `nextAt`, until `isOver`.
struct VirtualDevice: ~Copyable {
  private let settings: WorldSettings
  private let recorder: Recorder
  private let index: Int
  private var device: Device<ModelBackend>
  private var platform: VirtualPlatform
  private var timeline: FaultTimeline
  private var power: Stream
  private var battery: VirtualBattery?
  private var batteryServedAt: UInt64 = 0

  private let interval: UInt64
  private let phase: UInt64
  private var publishCount: UInt64 = 0
  private var number: UInt32 = 0
  /// The payload of the next message: its number, and zeros.
  private var payload: [UInt8]

  /// The end of the time in which devices publish and faults happen.
  private let end: UInt64
  private var isSettling = false
  private var offAt: UInt64 = .max
  private var onAt: UInt64 = .max
  private var brownOuts = 0
  private(set) var isOver = false
  private var isDead = false
  private var offlineSince: UInt64?
  private var connectingSince: UInt64?
  private var hadTimeFault = false
  private var hadFlashFault = false
  private var tokensSeen = 0
  /// When the device wants to be run next.
  private(set) var nextAt: UInt64 = 0

  init(_ settings: WorldSettings, index: Int, recorder: Recorder) {
    self.settings = settings
    self.recorder = recorder
    self.index = index
    payload = Array(repeating: 0, count: min(1_024, max(16, settings.scenario.device.payloadBytes)))
    platform = VirtualPlatform(settings, index: index, recorder: recorder)
    device = Self.makeDevice(settings, platform.key)
    timeline = FaultTimeline(settings.scenario, seed: settings.seed, device: index)
    power = Stream(seed: settings.seed, device: index, .power)
    let scenario = settings.scenario
    end = scenario.duration.milliseconds
    interval =
      scenario.device.messagesPerHour > 0
      ? max(1, UInt64(3_600_000 / scenario.device.messagesPerHour)) : .max
    var stream = Stream(seed: settings.seed, device: index, .battery)
    phase = interval == .max ? .max : stream.draw(0...(interval - 1))
    if let profile = settings.battery, let prices = settings.prices,
      let energy = scenario.device.energy
    {
      let spread = Int64(energy.batterySpreadPercent * 1_000)
      let drawn = Int64(stream.draw(0...UInt64(2 * spread))) - spread
      battery = VirtualBattery(
        profile, celsius: energy.celsius, spreadPercent: Double(drawn) / 1_000, prices: prices)
    }
    recorder.result.devices += 1
    boot()
  }

  /// Takes lines of what happens.
  mutating func trace(_ line: @escaping (String, String) -> Void) { platform.trace = line }

  /// The moment of the run that the device has come to.
  var now: UInt64 { platform.milliseconds }

  // MARK: - Running

  /// Does what is due at a moment.
  mutating func run(at moment: UInt64) {
    guard !isOver else { return }
    platform.microseconds = max(platform.microseconds, moment * 1_000)
    recorder.result.events += 1
    changeFaults()
    switchPower()
    serveBattery()
    if onAt == .max, !isDead {
      publishIfDue()
      drive()
    }
    if let breach = platform.breach {
      record(breach.invariant, breach.detail)
      platform.breach = nil
      if breach.invariant == .driveEnds { return finish() }
    }
    if platform.flash.isWithoutPower, onAt == .max {
      cutPower(until: now + power.draw(100...60_000))
    }
    settle()
    if !isOver { nextAt = max(moment, findNextMoment()) }
  }

  private mutating func findNextMoment() -> UInt64 {
    var next = timeline.nextChangeAt
    if !isSettling {
      next = min(next, end)
    } else {
      next = min(next, end + settings.scenario.settleTime.milliseconds)
    }
    if battery != nil { next = min(next, batteryServedAt + 86_400_000) }
    guard !isDead else { return next }
    guard onAt == .max else { return min(next, onAt) }
    if offAt < next { next = offAt }
    if !isSettling { next = min(next, nextPublishAt) }
    next = min(next, platform.nextArrival)
    let deadline = platform.moment(of: device.deadline(now: platform.now()))
    return min(next, max(deadline, now + (deadline <= now ? 1 : 0)))
  }

  private var nextPublishAt: UInt64 {
    guard interval < .max else { return .max }
    return phase + publishCount * interval
  }

  private mutating func drive() {
    platform.feedings = 0
    while driveOnce(&device, &platform) == .events, platform.breach == nil {
      while takeEvent() {}
    }
    noteConnection()
  }

  private mutating func publishIfDue() {
    guard !isSettling, now >= nextPublishAt else { return }
    publishCount += 1
    // A device that was off does not make up for it.
    while nextPublishAt <= now { publishCount += 1 }
    number += 1
    if let prices = settings.prices { platform.meter.measure(prices) }
    let model = settings.scenario.device
    for place in 0..<4 {
      payload[place] = UInt8(truncatingIfNeeded: number >> UInt32(8 * place))
    }
    let isHigh = model.highPriorityEvery > 0 && Int(number) % model.highPriorityEvery == 0
    let quality = model.quality
    if quality == 1 {
      platform.messages.add(
        Outstanding.Message(number: number, packetNumber: 0, at: now, isDelivered: false))
    }
    let bytes = payload
    do {
      let packetID = try device.publish(
        bytes.span, to: .events, quality: quality == 1 ? .atLeastOnce : .atMostOnce,
        priority: isHigh ? .high : .normal, on: &platform)
      recorder.result.messages.accepted += 1
      if let packetID { platform.messages.accept(packetID.rawValue) }
      platform.mix(7, UInt64(number))
      platform.note("app", "publishes \(number)")
    } catch {
      recorder.result.messages.refused += 1
      // Where the power failed, nobody knows whether it was the last step or the one before.
      if quality == 1, !platform.flash.isWithoutPower { platform.messages.removeLast() }
      platform.note("app", "may not publish \(number): \(error)")
    }
  }

  // MARK: - Events

  private mutating func takeEvent() -> Bool {
    switch device.nextEvent() {
    case .none: return false
    case .acknowledged(let packetID): acknowledged(packetID.rawValue)
    case .dropped(let packetID, _):
      if platform.messages.remove(packetID.rawValue) != nil {
        recorder.result.messages.dropped += 1
      }
    case .tokenSigned: tokenSigned()
    case .online:
      recorder.result.series.count(\.connects, atMilliseconds: min(now, end))
      if let since = connectingSince { recorder.result.connectTime.record(now - since) }
      if let since = offlineSince { recorder.result.offlineTime.record(now - since) }
      connectingSince = nil
      offlineSince = nil
      platform.note("device", "on line")
    case .offline(let reason): wentOffline(reason)
    case .synchronized: noteClock()
    case .timeRejected, .message, .oversized, .subscriptionRefused: break
    }
    return true
  }

  private mutating func acknowledged(_ packetNumber: UInt16) {
    recorder.result.messages.acknowledged += 1
    recorder.count(.acknowledgedIsDelivered)
    recorder.count(.order)
    platform.mix(8, UInt64(packetNumber))
    guard let message = platform.messages.remove(packetNumber) else { return }
    if !message.isDelivered {
      platform.breach =
        platform.breach
        ?? (.acknowledgedIsDelivered, "message \(message.number) never reached the cloud")
    }
    recorder.result.deliveryTime.record(now - message.at)
  }

  private mutating func tokenSigned() {
    recorder.result.tokens.signed += 1
    recorder.result.series.count(\.tokens, atMilliseconds: min(now, end))
    recorder.count(.noTokenWithUntrustedClock)
    platform.note("device", "signs a token")
    guard let time = device.time(at: platform.now()) else {
      return record(.noTokenWithUntrustedClock, "the clock was not trusted")
    }
    let error = time.time.distance(to: platform.date)
    guard !hadTimeFault, error.milliseconds > time.uncertainty.milliseconds + 2_000 else { return }
    record(
      .noTokenWithUntrustedClock,
      "the clock is wrong by \(error.milliseconds) ms, and says \(time.uncertainty.milliseconds)")
  }

  private mutating func noteClock() {
    platform.mix(9)
    guard let time = device.time(at: platform.now()) else { return }
    let error = time.time.distance(to: platform.date).milliseconds
    recorder.result.time.largestErrorMilliseconds = max(
      recorder.result.time.largestErrorMilliseconds, error)
    platform.note("time", "the clock is set, wrong by \(error) ms")
  }

  private mutating func wentOffline(_ reason: OfflineReason) {
    switch reason {
    case .refused(.notAuthorized), .refused(.badUserNameOrPassword): platform.session.noteRefusal()
    default: break
    }
    offlineSince = offlineSince ?? now
    connectingSince = nil
    platform.mix(10)
    if reason == .refresh { return platform.note("device", "renews") }
    recorder.result.failures[reason.description, default: 0] += 1
    platform.note("device", "off line: \(reason)")
    let wait = platform.moment(of: device.deadline(now: platform.now()))
    if device.phase == .waiting, wait > now, wait < .max {
      recorder.result.backOffTime.record(wait - now)
    }
  }

  private mutating func noteConnection() {
    if device.phase == .connecting, connectingSince == nil { connectingSince = now }
  }

  private mutating func record(_ invariant: Invariant, _ detail: String) {
    recorder.result.broken[invariant.rawValue, default: 0] += 1
    // Devices come in the order of their indices, so these are the first.
    guard recorder.result.breaches.count < FleetResult.breachMaximum else { return }
    recorder.result.breaches.append(
      Breach(
        invariant: invariant.rawValue, seed: settings.seed, device: index, atMilliseconds: now,
        detail: detail))
    platform.note("check", "\(invariant.rawValue): \(detail)")
  }

  // MARK: - Power

  private mutating func boot() {
    platform.bootedAt = platform.milliseconds
    onAt = .max
    platform.powerState = .active
  }

  private mutating func cutPower(until moment: UInt64) {
    platform.note("power", "fails until \(moment) ms")
    count(device.counters)
    recorder.result.resets += 1
    platform.losePower()
    platform.flash.cutPower()
    connectingSince = nil
    offlineSince = offlineSince ?? now
    onAt = moment
    if !usesFlash { loseMemory() }
    device = Self.makeDevice(settings, platform.key)
  }

  private var usesFlash: Bool { settings.scenario.device.flash.blockCount > 0 }

  /// Without flash a reset loses what was not delivered: that is what the flash is for.
  private mutating func loseMemory() {
    for message in platform.messages.messages where !message.isDelivered {
      if message.packetNumber > 0 { recorder.result.messages.lost += 1 }
    }
    platform.messages.removeAll()
  }

  private mutating func switchPower() {
    if now >= offAt, onAt == .max {
      offAt = .max
      cutPower(until: now + power.draw(100...5_000))
    }
    guard onAt <= now, !isDead else { return }
    platform.flash.restart()
    platform.note("power", "is back")
    boot()
    if brownOuts > 0 {
      brownOuts -= 1
      offAt = now + power.draw(50...3_000)
    }
  }

  // MARK: - Faults

  private mutating func changeFaults() {
    while let (window, isStart) = timeline.takeChange(at: now) {
      if isStart { begin(window) } else { endFault(window) }
    }
  }

  private mutating func begin(_ window: FaultTimeline.Window) {
    recorder.result.faults[window.kind.rawValue, default: 0] += 1
    platform.note("fault", "\(window.kind.rawValue) until \(window.end) ms")
    platform.faults.begin(window.kind, strength: window.strength)
    switch window.kind {
    case .brokerRestart:
      platform.endConnection()
      if window.strength < 0.5 { platform.session.exists = false }
    case .certificateRotation:
      platform.endConnection()
      platform.session.epoch = platform.session.epoch == .max ? 1 : platform.session.epoch + 1
    case .rootDeath, .captivePortal: platform.endConnection()
    case .timeStep, .timeSpoof: hadTimeFault = true
    case .timeDrift:
      hadTimeFault = true
      platform.setDrift(extra: Int64(window.strength))
    case .bitRot:
      hadFlashFault = true
      platform.flash.rot(bits: max(1, Int(window.strength)))
    case .badBlock:
      hadFlashFault = true
      platform.flash.spoilBlock()
    case .wearOut:
      hadFlashFault = true
      platform.flash.wear(share: window.strength)
    case .powerCut:
      // Half of all cuts come in the middle of something that is done to the flash.
      if power.draw(0...1) == 0 {
        offAt = now
      } else {
        platform.flash.stepsUntilCut = Int(power.draw(0...40))
      }
    case .brownOut:
      brownOuts = Int(power.draw(1...6))
      offAt = now
    case .latency, .loss, .reordering, .partition, .asymmetric, .clog, .throttle, .tokenRefusal,
      .brokerSilence, .timeOutage, .kissOfDeath, .entropyLoss:
      break
    }
  }

  private mutating func endFault(_ window: FaultTimeline.Window) {
    platform.faults.end(window.kind)
    switch window.kind {
    case .timeDrift: platform.setDrift(extra: 0)
    case .powerCut: platform.flash.stepsUntilCut = nil
    case .partition, .clog, .asymmetric: platform.releaseHeld()
    default: break
    }
  }

  // MARK: - Battery

  private mutating func serveBattery() {
    guard let prices = settings.prices, battery != nil, now >= batteryServedAt + 86_400_000 else {
      return
    }
    let hours = Double(now - batteryServedAt) / 3_600_000
    batteryServedAt = now
    platform.meter.settle(at: now, prices)
    guard let outcome = battery?.serve(platform.meter, for: hours, prices) else { return }
    platform.note("power", "the battery has ended: \(outcome.rawValue)")
    recorder.result.deaths += 1
    recorder.result.batteryLife.record(now / 3_600_000)
    recorder.result.series.count(\.deaths, atMilliseconds: min(now, end))
    isDead = true
    count(device.counters)
    finish()
  }

  // MARK: - The end

  /// After the time in which devices publish: waits until everything is delivered.
  private mutating func settle() {
    guard !isOver, now >= end else { return }
    if !isSettling {
      isSettling = true
      platform.note("run", "settles")
      if onAt < .max { onAt = now }
    }
    let isDone = onAt == .max && device.isOnline && device.unacknowledgedCount == 0
    let isLate = now >= end + settings.scenario.settleTime.milliseconds
    guard isDone || isLate else { return }
    recorder.count(.progress)
    if !isDone {
      record(
        .progress,
        "phase \(device.phase), \(device.unacknowledgedCount) messages wait")
    }
    count(device.counters)
    finish()
  }

  /// Closes the accounts of the device.
  private mutating func finish() {
    isOver = true
    nextAt = .max
    checkMessages()
    recorder.count(.driveEnds)
    recorder.count(.boundedMemory)
    recorder.result.deviceMilliseconds += min(now, end)
    recorder.result.flash.bytesProgrammed += platform.flash.bytesProgrammed
    recorder.result.flash.blocksErased += platform.flash.blocksErased
    recorder.result.flash.mostErasures = max(
      recorder.result.flash.mostErasures, platform.flash.mostErasures)
    recorder.result.digest.add(platform.digest)
    guard let prices = settings.prices else { return }
    platform.meter.settle(at: now, prices)
    for cause in Cause.allCases {
      recorder.result.energyNanojoules[cause.rawValue, default: 0] +=
        platform.meter.nanojoules(cause)
    }
  }

  /// What was accepted and has not arrived has to be found on flash.
  private mutating func checkMessages() {
    recorder.count(.acceptedIsDeliveredOrStored)
    let open = platform.messages.messages.filter { !$0.isDelivered && $0.packetNumber > 0 }
    guard !open.isEmpty else { return }
    platform.flash.restart()
    var stored: [UInt32] = []
    if usesFlash {
      do { stored = try platform.storedNumbers(settings.outboxBlocks) } catch {
        record(.boundedMemory, "the outbox cannot be read: \(error)")
      }
    }
    for message in open {
      if stored.contains(message.number) || !usesFlash {
        recorder.result.messages.waiting += 1
      } else if hadFlashFault {
        recorder.result.flash.corrupted += 1
      } else {
        recorder.result.messages.lost += 1
        record(
          .acceptedIsDeliveredOrStored,
          "message \(message.number), accepted at \(message.at) ms, is neither")
      }
    }
  }

  private static func makeDevice(_ settings: WorldSettings, _ key: UInt64) -> Device<ModelBackend> {
    let model = settings.scenario.device
    var device = Device(backend: ModelBackend(key: key, isRSA: model.credential == .jwtRS256))
    do {
      try device.configure { configuration throws(Overflow) in
        try settings.fill(&configuration, key: key)
      }
    } catch { preconditionFailure("the names of virtual devices are short") }
    return device
  }

  private mutating func count(_ counters: DeviceCounters) {
    recorder.result.connects.full += UInt64(counters.connectsFull)
    recorder.result.connects.resumed += UInt64(counters.connectsResumed)
    recorder.result.connects.failed += UInt64(counters.connectsFailed)
    recorder.result.tokens.renewals += UInt64(counters.refreshes)
    recorder.result.time.synchronizations += UInt64(counters.synchronizations)
    recorder.result.time.rejections += UInt64(counters.timeRejections)
  }
}
