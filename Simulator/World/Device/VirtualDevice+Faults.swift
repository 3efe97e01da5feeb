import Device
import Results
import Scenarios

// What faults do to a device beyond what its network, cloud and time servers ask about themselves.
extension VirtualDevice {
  /// Something begins or ends.
  func meetFaults() {
    let now = world.pointee.now
    let change = world.pointee.faults.step(at: now)
    for kind in Fault.Kind.allCases {
      if change.began.contains(kind) { begin(kind) }
      if change.ended.contains(kind), world.pointee.isTraced {
        world.pointee.trace(.fault, "ends", kind.rawValue)
      }
    }
    if change.ended.contains(.timeDrift) { setDrift() }
    if change.ended.contains(.brownOut) { life.pointee.resetAt = .max }
  }

  private func begin(_ kind: Fault.Kind) {
    world.pointee.room.result.pointee.faults[kind.rawValue, default: 0] += 1
    world.pointee.note(.fault, UInt64(kind.place))
    if world.pointee.isTraced { world.pointee.trace(.fault, "begins", kind.rawValue) }
    let now = world.pointee.now
    let strength = world.pointee.faults.strength(kind, at: now) ?? kind.usualStrength
    switch kind {
    case .brokerRestart:
      if strength < 1 { world.pointee.cloud.hasSession = false }
      world.pointee.forgetConnection(.reset, at: now)
    case .certificateRotation: world.pointee.cloud.rotatedAt = now + 1
    case .timeDrift: setDrift()
    case .bitRot: world.pointee.flash.rot(bits: max(1, Int(strength)))
    case .badBlock: world.pointee.flash.spoilBlock()
    case .wearOut: world.pointee.flash.age(share: strength)
    case .powerCut: beginPowerCut()
    case .brownOut: life.pointee.resetAt = now
    case .latency, .loss, .reordering, .partition, .asymmetric, .clog, .captivePortal, .throttle,
      .tokenRefusal, .brokerSilence, .rootDeath, .timeOutage, .timeStep, .timeSpoof,
      .kissOfDeath, .entropyLoss:
      break
    }
  }

  private func setDrift() {
    let now = world.pointee.now
    var drift = world.pointee.crystalDrift
    if let strength = world.pointee.faults.strength(.timeDrift, at: now) {
      drift += Int64(strength)
      if abs(drift) > 100 { world.pointee.checker.clockMayBeWrong = true }
    }
    world.pointee.clock.setDrift(drift, at: now)
  }

  // MARK: Power

  /// Half of the cuts wait for the flash to be at work, as long as the others leave the device off.
  private func beginPowerCut() {
    guard case .on = life.pointee.power else { return }
    let now = world.pointee.now
    let end = world.pointee.faults.end(of: .powerCut, at: now)
    if world.pointee.flash.isPresent, world.pointee.powerRandom.happens(0.5) {
      world.pointee.flash.operationsLeft = world.pointee.powerRandom.below(
        Limits.armedOperations)
      life.pointee.cutAt = max(end, now + 1)
    } else {
      powerOff(until: max(end, now + 1))
    }
  }

  /// The power has failed in the middle of an operation of the flash, or `drive` did not end.
  func failPower() {
    let now = world.pointee.now
    powerOff(until: now + world.pointee.powerRandom.draw(10, 60_000))
  }

  /// A reset in a brown-out, or a power cut whose flash operation did not come.
  func lapse() {
    let now = world.pointee.now
    powerOff(until: now + Limits.bootTime)
    if now >= life.pointee.resetAt {
      let pause = Limits.brownOutPause
      life.pointee.resetAt =
        now + Limits.bootTime
        + world.pointee.powerRandom.draw(pause.lowerBound, pause.upperBound)
    }
    setWake()
  }

  /// The device is off: what it had in memory is gone, and nobody was told.
  func powerOff(until moment: UInt64) {
    guard case .on = life.pointee.power else { return }
    let now = world.pointee.now
    life.pointee.power = .off(until: moment)
    life.pointee.cutAt = .max
    world.pointee.flash.operationsLeft = nil
    world.pointee.isPowerless = true
    world.pointee.room.result.pointee.resets += 1
    world.pointee.note(.reset)
    if world.pointee.isTraced { world.pointee.trace(.power, "off", "for \(moment - now) ms") }
    if life.pointee.isOnline { world.pointee.ledger.offlineSince = now }
    life.pointee.isOnline = false
    world.pointee.link.close()
    if plan.planted == .flashForgets { world.pointee.flash.forget() }
    checkAfterPowerCut()
  }
}
