import Identity
import Jitter
import MQTTClient
import Platform
import TLS
import TimeKeeping
public import Units
import Wire

// The order of things: what is done in each phase, and how one phase follows on another.
extension Device where Backend: ~Copyable {
  /// Says what the caller must do next.
  public mutating func step(now: Instant) -> DeviceStep {
    while true {
      dealWithOutcome(now: now)
      if !notices.isEmpty || mqtt.step() == .event { return .handleEvents }
      if isOutboxWorkWaiting, now >= storeRetryAt { return .store }
      if let step = dropStep() { return step }
      if let step = timeStep(now: now) { return step }
      if entropyIsStale, phase.needsEntropy, now >= entropyRetryAt { return .gatherEntropy }
      if let step = phaseStep(now: now) { return step }
    }
  }

  /// Deals with what an event revealed, now that the event is no longer lent.
  private mutating func dealWithOutcome(now: Instant) {
    guard let outcome = pendingOutcome else { return }
    pendingOutcome = nil
    switch outcome {
    case .accepted(let sessionPresent): accepted(sessionPresent: sessionPresent, now: now)
    case .failed(let reason): fail(reason, now: now)
    }
  }

  /// What the present phase needs of the caller, or nil where something has changed.
  private mutating func phaseStep(now: Instant) -> DeviceStep? {
    switch phase {
    case .seeding: return now >= entropyRetryAt ? .gatherEntropy : .sleep
    case .waiting:
      guard now >= phaseDeadline else { return .sleep }
      move(on: .due, now: now)
    case .synchronizing:
      if now >= phaseDeadline { phaseDeadline = .never }
      guard phaseDeadline == .never, time(at: now) != nil else { return .sleep }
      move(on: .clockTrusted, now: now)
    case .signing: return signingStep(now: now)
    case .resolving: return resolvingStep(now: now)
    case .connecting: return connectingStep(now: now)
    case .securing: return securingStep(now: now)
    case .joining, .online, .draining, .closing: return sessionStep(now: now)
    case .halted: return .sleep
    }
    return nil
  }

  /// Does the work that a step named; on a small processor this takes long.
  public mutating func compute(now: Instant) {
    switch phase {
    case .signing, .online: sign(now: now)
    case .securing: advanceHandshake(now: now)
    case .seeding, .waiting, .synchronizing, .resolving, .connecting, .joining, .draining,
      .closing, .halted:
      break
    }
  }

  /// Enters the phase that follows on `trigger`, with the time that it may take.
  mutating func move(on trigger: DeviceTrigger, now: Instant) {
    guard let next = phase.next(on: trigger) else {
      preconditionFailure("the engine's own trigger does not fit its phase")
    }
    phase = next
    hasSigned = false
    phaseDeadline =
      switch next {
      case .resolving: now + Limits.resolution
      case .connecting: now + Limits.connection
      case .securing: now + Limits.handshake
      case .draining: now + Limits.drain
      case .closing: now + Limits.farewell
      case .seeding, .waiting, .synchronizing, .signing, .joining, .online, .halted: .never
      }
  }

  /// Gives the attempt or the connection up, tells why, and waits for the next one.
  mutating func fail(_ reason: OfflineReason, now: Instant) {
    // The connection was about to be ended anyway, and nothing is lost with its last bytes.
    guard phase != .closing else { return finishClosing(now: now) }
    counters.connectsFailed += 1
    notices.append(.offline(reason))
    let lastWords: Bool = if case .security = reason { true } else { false }
    switch reason {
    case .security(.notSeeded): entropyIsStale = true
    // Out of its dates is a certificate, or else our own date is wrong: it is asked for anew.
    case .security(.certificateExpired), .security(.certificateNotYetValid):
      synchronizer.clock.distrust()
    case .security, .resolution, .stream, .refused, .session, .namesTooLong, .signing, .timedOut,
      .refresh, .stopped:
      break
    }
    let refusals = counters.tokensRefused
    let verdict = verdict(on: reason)
    loseSession(hasLastWords: lastWords)
    if isStopping { return halt(now: now) }
    let pause = counters.tokensRefused > refusals ? Limits.afterRefusal : .zero
    switch verdict {
    case .checkTimeThenSignAgain:
      synchronizer.clock.distrust()
      move(on: .refusedOnce, now: now)
      phaseDeadline = now + pause
    case .backOff:
      move(on: .failed, now: now)
      phaseDeadline = now + max(pause, backOff.failed(random: jitter.next(), now: now))
    }
  }

  /// Has the caller drop the connection, and makes all that lived on it ready for another.
  mutating func loseSession(hasLastWords: Bool) {
    pendingOutcome = nil
    farewellIsSaid = false
    abandonStream(hasLastWords: hasLastWords)
    mqtt.connectionLost()
    token.disconnected()
  }

  /// What a refused token asks for; `backOff` in all other cases.
  private mutating func verdict(on reason: OfflineReason) -> TokenVerdict {
    switch reason {
    case .refused(.badUserNameOrPassword), .refused(.notAuthorized):
      counters.tokensRefused += 1
      return token.refused()
    case .refused, .resolution, .stream, .security, .session, .signing, .namesTooLong, .timedOut,
      .refresh, .stopped:
      return .backOff
    }
  }

  /// Ends all activity.
  mutating func halt(now: Instant) {
    quitTimeExchange(now: now)
    token.forget()
    backend.forgetSession()
    notices.append(.offline(.stopped))
    move(on: .stopped, now: now)
  }
}
