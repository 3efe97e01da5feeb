import Device
import Energy
import Results

// What the checker looks at when the power fails and in the end.
extension VirtualDevice {
  /// The power has failed: what was accepted has to be safe.
  func checkAfterPowerCut() {
    guard !world.pointee.flash.isPresent else { return }
    if world.pointee.ledger.undelivered > 0 { world.pointee.checker.lossIsExcused = true }
  }

  /// The run is over: what became of everything?
  func finish() {
    let result = world.pointee.room.result
    let isDead = if case .dead = life.pointee.power { true } else { false }
    if !isDead {
      world.pointee.check(
        .progress, isSettled, "\(engine.pointee.phase), \(engine.pointee.unacknowledgedCount) wait")
    }
    settleMessages(isDead: isDead)
    result.pointee.deviceMilliseconds += isDead ? min(world.pointee.now, plan.duration) : plan.duration
    result.pointee.flash.bytesProgrammed += world.pointee.flash.bytesProgrammed
    result.pointee.flash.blocksErased += world.pointee.flash.blocksErased
    result.pointee.flash.mostErasures = max(
      result.pointee.flash.mostErasures, world.pointee.flash.mostErasures)
    if let prices = plan.prices {
      world.pointee.meter.settle(at: max(world.pointee.now, plan.duration), prices)
      for cause in Cause.allCases {
        result.pointee.energyNanojoules[cause.rawValue, default: 0] +=
          world.pointee.meter.nanojoules(cause)
      }
    }
    // Each call of `drive` and each wake has been looked at.
    for invariant in Invariant.allCases {
      let count = UInt64(world.pointee.checker.checks[invariant.place])
      if count > 0 { result.pointee.checked[invariant.rawValue, default: 0] += count }
    }
    world.pointee.note(.reset, UInt64(world.pointee.ledger.delivered))
    result.pointee.digest.add(world.pointee.digest)
  }

  private func settleMessages(isDead: Bool) {
    let result = world.pointee.room.result
    let undelivered = UInt64(world.pointee.ledger.undelivered)
    let waiting = isDead ? 0 : UInt64(engine.pointee.unacknowledgedCount)
    let missing = undelivered - min(undelivered, UInt64(world.pointee.ledger.dropped))
    let lost = missing - min(missing, waiting)
    result.pointee.messages.waiting += missing - lost
    result.pointee.messages.lost += lost
    guard plan.quality > 0 else { return }
    world.pointee.check(
      .acceptedIsDeliveredOrOnFlash, lost == 0 || world.pointee.checker.lossIsExcused || isDead,
      "\(lost) of \(world.pointee.ledger.accepted) messages are lost")
  }
}
