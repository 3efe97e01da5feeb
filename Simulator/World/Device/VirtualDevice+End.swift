import Device
import Energy
import Results

// What the checker looks at when the power fails and in the end.
extension VirtualDevice {
  /// The power has failed: what was accepted has to be safe.
  func checkAfterPowerCut() {
    if world.pointee.flash.isPresent {
      if !world.pointee.flash.isHarmed {
        let lost = findLost().lost
        world.pointee.check(
          .acceptedIsDeliveredOrOnFlash, lost == 0,
          "\(lost) messages are neither delivered nor on flash after a power cut")
      }
    } else if world.pointee.ledger.undelivered > 0 {
      world.pointee.checker.lossIsExcused = true
    }
    // The engine and its counters are about to go, and with them what it knew of its tokens: if it
    // is back within the same second of a lying clock it makes the same one again.
    world.pointee.cloud.forgetRefusals()
    world.pointee.ledger.dropped += UInt32(engine.pointee.counters.messagesDropped)
    world.pointee.room.result.pointee.messages.dropped +=
      UInt64(engine.pointee.counters.messagesDropped)
  }

  /// The run is over: says what became of everything.
  func finish() {
    let result = world.pointee.room.result
    let isDead = if case .dead = life.pointee.power { true } else { false }
    if !isDead {
      // Where flipped bits have taken messages away the engine counts them until its next start.
      let isDone =
        isSettled || engine.pointee.isOnline && world.pointee.flash.isHarmed && countStored() == 0
      world.pointee.check(
        .progress, isDone, "\(engine.pointee.phase), \(engine.pointee.unacknowledgedCount) wait")
    }
    settleMessages(isDead: isDead)
    result.pointee.deviceMilliseconds +=
      isDead ? min(world.pointee.now, plan.duration) : plan.duration
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
    let isOn = if case .on = life.pointee.power { true } else { false }
    if isOn {
      result.pointee.messages.dropped += UInt64(engine.pointee.counters.messagesDropped)
    }
    let (lost, waiting) = findLost()
    result.pointee.messages.lost += UInt64(lost)
    result.pointee.messages.waiting += UInt64(waiting)
    guard plan.quality > 0 else { return }
    let isExcused =
      world.pointee.flash.isPresent
      ? world.pointee.flash.isHarmed : world.pointee.checker.lossIsExcused
    if isExcused, world.pointee.flash.isPresent {
      result.pointee.flash.corrupted += UInt64(lost)
    }
    world.pointee.check(
      .acceptedIsDeliveredOrOnFlash, lost == 0 || isExcused,
      "\(lost) of \(world.pointee.ledger.accepted) messages are lost")
  }
}
