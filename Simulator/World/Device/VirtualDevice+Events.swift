import Device
import MQTTClient
import Results
import Units
import Wire

// What the application of a simulated device does: it publishes, and takes note of what it is told.
extension VirtualDevice {
  /// A message is due.
  func publish() {
    life.pointee.publishAt =
      world.pointee.now >= plan.duration
      ? .max : world.pointee.now + (plan.publishInterval ?? .max / 2)
    guard world.pointee.now < plan.duration else { return }
    if let prices = plan.prices { world.pointee.meter.measure(prices) }
    let sequence = world.pointee.ledger.offer()
    let message = Message(sequence: sequence, acceptedAt: world.pointee.now)
    let payload = world.pointee.room.payload
    guard let start = payload.baseAddress else { return }
    message.write(device: UInt32(world.pointee.index), to: start)
    let every = plan.scenario.device.highPriorityEvery
    let isHigh = every > 0 && Int(sequence) % every == 0
    var port = WorldPort(world: world)
    do throws(PublishFailure) {
      try engine.pointee.publish(
        Span(_unsafeBytes: UnsafeRawBufferPointer(payload)), to: .events,
        quality: plan.quality == 0 ? .atMostOnce : .atLeastOnce,
        priority: isHigh ? .high : .normal, on: &port)
    } catch {
      return noteRefused(error)
    }
    world.pointee.ledger.accept(sequence)
    world.pointee.room.result.pointee.messages.accepted += 1
    world.pointee.note(.accepted)
    if world.pointee.isTraced { world.pointee.trace(.app, "publishes", "\(message.sequence)") }
    let waiting = engine.pointee.unacknowledgedCount
    world.pointee.check(
      .boundedMemory, waiting <= plan.messageMaximum, "\(waiting) messages wait")
  }

  private func noteRefused(_ failure: PublishFailure) {
    world.pointee.room.result.pointee.messages.refused += 1
    world.pointee.note(.refused)
    if world.pointee.isTraced { world.pointee.trace(.app, "not accepted", "\(failure)") }
    // Where the power failed, the last step may have been done or not; and one that was to make
    // room may have gone.
    guard world.pointee.isPowerless else { return world.pointee.ledger.takeBack() }
    world.pointee.ledger.doubt()
    if plan.scenario.device.flash.whenFull != .refuse { world.pointee.ledger.dropped += 1 }
  }

  /// Takes note of one event; false when there was none.
  @inline(__always)
  func takeEvent() -> Bool {
    guard engine.pointee.take(into: self) else { return false }
    // The clock can only be looked at once the engine is no longer lent.
    if life.pointee.hasSynchronized { noteSynchronized() }
    return true
  }

  /// How many is in the engine's counters, of which a power cut takes nothing away.
  fileprivate func noteDropped() { world.pointee.note(.dropped) }

  fileprivate func noteOversized() { world.pointee.note(.oversized) }

  fileprivate func noteToken() {
    world.pointee.room.result.pointee.tokens.signed += 1
    world.pointee.room.result.pointee.series.count(\.tokens, atMilliseconds: world.pointee.now)
    world.pointee.note(.signed)
  }

  fileprivate func noteTimeRejected() {
    world.pointee.room.result.pointee.time.rejections += 1
    world.pointee.note(.timeRejected)
    if world.pointee.isTraced { world.pointee.trace(.time, "rejected") }
  }

  @inline(__always)
  fileprivate func noteAcknowledged(_ packetID: MQTT.PacketID) {
    let answered = world.pointee.cloud.answered(packetID.rawValue)
    world.pointee.ledger.acknowledged += 1
    world.pointee.room.result.pointee.messages.acknowledged += 1
    world.pointee.note(.acknowledged, UInt64(answered.sequence))
    let isKnown =
      answered.packetNumber == packetID.rawValue
      && world.pointee.ledger.isDelivered(answered.sequence)
    world.pointee.check(
      .acknowledgedIsDelivered, isKnown, "message \(answered.sequence) never reached the cloud")
    guard isKnown else { return }
    let time = world.pointee.now - min(world.pointee.now, answered.acceptedAt)
    world.pointee.room.result.pointee.deliveryTime.record(time)
    if world.pointee.isTraced {
      world.pointee.trace(.app, "acknowledged", "\(answered.sequence) after \(time) ms")
    }
  }

  fileprivate func noteOnline(_ sessionPresent: Bool) {
    let now = world.pointee.now
    let result = world.pointee.room.result
    if world.pointee.security.wasResumed {
      result.pointee.connects.resumed += 1
    } else {
      result.pointee.connects.full += 1
    }
    result.pointee.series.count(\.connects, atMilliseconds: now)
    result.pointee.connectTime.record(now - min(now, world.pointee.ledger.attemptedAt))
    if world.pointee.ledger.offlineSince < .max {
      result.pointee.offlineTime.record(now - world.pointee.ledger.offlineSince)
      world.pointee.ledger.offlineSince = .max
    }
    life.pointee.isOnline = true
    world.pointee.note(.online, sessionPresent ? 1 : 0)
    if world.pointee.isTraced {
      world.pointee.trace(.engine, "online", "session \(sessionPresent ? "present" : "new")")
    }
  }

  fileprivate func noteOffline(_ reason: OfflineReason) {
    let result = world.pointee.room.result
    if life.pointee.isOnline { world.pointee.ledger.offlineSince = world.pointee.now }
    life.pointee.isOnline = false
    world.pointee.note(.offline)
    if world.pointee.isTraced { world.pointee.trace(.engine, "offline", Self.name(of: reason)) }
    switch reason {
    case .refresh: result.pointee.tokens.renewals += 1
    case .stopped: break
    case .refused(let code):
      result.pointee.connects.refused += 1
      result.pointee.failures[Self.name(of: reason), default: 0] += 1
      if code == .notAuthorized || code == .badUserNameOrPassword { world.pointee.noteRefusal() }
    case .resolution, .stream, .security, .session, .namesTooLong, .signing, .timedOut:
      result.pointee.connects.failed += 1
      result.pointee.failures[Self.name(of: reason), default: 0] += 1
    }
  }

  /// A reason in words.
  private static func name(of reason: OfflineReason) -> String {
    guard let detail = reason.detail else { return "\(reason.text)" }
    return "\(reason.text): \(detail)"
  }

  private func noteSynchronized() {
    life.pointee.hasSynchronized = false
    world.pointee.room.result.pointee.time.synchronizations += 1
    world.pointee.note(.synchronized)
    let now = Instant(milliseconds: world.pointee.localNow)
    guard let time = engine.pointee.time(at: now) else { return }
    let error = time.time.distance(to: UnixTime(milliseconds: world.pointee.date))
    let result = world.pointee.room.result
    result.pointee.time.largestErrorMilliseconds = max(
      result.pointee.time.largestErrorMilliseconds, error.milliseconds)
    let isRight = error <= time.uncertainty + Interval(milliseconds: 2)
    if world.pointee.checker.latestAnswerIsLie {
      world.pointee.checker.clockMayBeWrong = true
    } else if isRight, !world.pointee.faults.active.contains(.timeDrift) {
      world.pointee.checker.clockMayBeWrong = false
    }
    if !world.pointee.checker.clockMayBeWrong {
      world.pointee.check(
        .noTokenWithUntrustedClock, isRight,
        "the clock is wrong by \(error.milliseconds) ms and promises "
          + "\(time.uncertainty.milliseconds)")
    }
    if world.pointee.isTraced {
      world.pointee.trace(
        .time, "synchronized",
        "wrong by \(error.milliseconds) ms of \(time.uncertainty.milliseconds)")
    }
  }
}

extension Device where Backend == ModelBackend {
  /// Takes one event; false if there was none.
  @inline(__always)
  fileprivate mutating func take(into device: VirtualDevice) -> Bool {
    switch nextEvent() {
    case .none: return false
    case .acknowledged(let packetID): device.noteAcknowledged(packetID)
    case .online(let sessionPresent): device.noteOnline(sessionPresent)
    case .offline(let reason): device.noteOffline(reason)
    case .tokenSigned: device.noteToken()
    case .dropped: device.noteDropped()
    case .synchronized: device.life.pointee.hasSynchronized = true
    case .timeRejected: device.noteTimeRejected()
    case .message, .oversized, .subscriptionRefused: device.noteOversized()
    }
    return true
  }
}
