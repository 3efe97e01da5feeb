import Bytes
import Cryptography
import Identity
import Jitter
import MQTTClient
import Platform
import TLS
import TimeKeeping
import Units
import Wire

// The token, and the MQTT session that it opens.
extension Device where Backend: ~Copyable {
  /// When the next token has to be signed or the connection renewed.
  ///
  /// Signing ahead waits for an idle moment, which comes with a byte from the cloud.
  func renewalInstant(now: Instant) -> Instant {
    let refresh = token.refreshDeadline(by: synchronizer.clock, now: now)
    guard mqtt.isDrained else { return refresh }
    return min(refresh, token.signDeadline(by: synchronizer.clock, now: now))
  }

  mutating func signingStep(now: Instant) -> DeviceStep? {
    guard let time = time(at: now) else {
      move(on: .clockLost, now: now)
      return nil
    }
    guard token.isReady(at: time) else {
      guard hasSigned else { return .compute(.sign) }
      // It is too old already: the clock is too uncertain for so short a life.
      synchronizer.clock.distrust()
      fail(.signing, now: now)
      return nil
    }
    resolverCheckAt = now
    move(on: .credentialReady, now: now)
    return nil
  }

  /// Signs a token, before a connection or ahead of the next one.
  mutating func sign(now: Instant) {
    guard let time = time(at: now) else { return }
    hasSigned = true
    var audience = ShortName()
    guard configuration.expand(configuration.profile.audience, into: &audience) else {
      return fail(.namesTooLong, now: now)
    }
    do {
      try token.sign(
        audience: audience.span, signer: &backend, time: time, random: jitter.next())
    } catch {
      if case .signing(.notSeeded) = error { entropyIsStale = true }
      // A connection that works is worth more than a token in advance.
      if phase == .signing { fail(.signing, now: now) }
      return
    }
    counters.tokensSigned += 1
    notices.append(.tokenSigned)
  }

  /// Sends CONNECT with the token.
  mutating func join(now: Instant) {
    if let reason = openSession(now: now) { fail(reason, now: now) }
  }

  /// Opens the session; returns why that cannot be, or nil.
  private mutating func openSession(now: Instant) -> OfflineReason? {
    var client = ClientIdentifier()
    var userName = ShortName()
    let profile = configuration.profile
    guard configuration.expand(profile.clientIdentifier, into: &client),
      configuration.expand(profile.userName, into: &userName)
    else { return .namesTooLong }
    // The handshake may have taken so long that the token, or the trust in the clock, has ended.
    guard let time = time(at: now), let password = token.offer(at: time) else {
      return .timedOut(.securing)
    }
    let request = MQTT.Connect(
      clientID: client.span, userName: userName.span, password: password,
      keepAliveSeconds: profile.keepAliveSeconds, cleanSession: !profile.keepsSession)
    do { try mqtt.connect(request, now: now) } catch { return .namesTooLong }
    return nil
  }

  /// Moves bytes between the session and the TLS engine until the caller is needed.
  mutating func sessionStep(now: Instant) -> DeviceStep? {
    do throws(SecureStreamFailure) {
      if let step = dueStep(now: now) { return step }
      if phase == .closing, now >= phaseDeadline {
        finishClosing(now: now)
        return nil
      }
      noticeDeadline(now: now)
      try moveOutwards(now: now)
      if !backend.recordsToSend.isEmpty, !stream.writeIsBlocked { return .transmit }
      if phase == .closing, mqtt.step() == .close { return farewellStep(now: now) }
      if try moveInwards(now: now) { return nil }
      if !stream.readIsBlocked, !backend.recordSpace().isEmpty { return .receive }
    } catch {
      fail(.security(error), now: now)
      return nil
    }
    return mqtt.step() == .event ? nil : .sleep
  }

  /// When the session has to be looked at, but not at once again where a look has changed nothing.
  var sessionDeadline: Instant { max(mqtt.deadline, stream.nextProbe) }

  /// What is due in this phase of the session before bytes move.
  private mutating func dueStep(now: Instant) -> DeviceStep? {
    switch phase {
    case .online:
      if subscriptionsDue > 0 { subscribe(now: now) }
      if now >= token.refreshDeadline(by: synchronizer.clock, now: now) {
        counters.refreshes += 1
        move(on: .refreshDue, now: now)
      } else if now >= token.signDeadline(by: synchronizer.clock, now: now), mqtt.isDrained {
        return .compute(.sign)
      }
    case .draining:
      if mqtt.isDrained || now >= phaseDeadline {
        move(on: .drained, now: now)
        mqtt.disconnect()
      }
    case .seeding, .waiting, .synchronizing, .signing, .resolving, .connecting, .securing, .joining,
      .closing, .halted:
      break
    }
    return nil
  }

  /// Tells the session that its deadline has passed, and has the stream tried in both directions.
  ///
  /// What would refute the suspicion may have come while the device computed: that the stream was
  /// found blocked before is no answer.
  private mutating func noticeDeadline(now: Instant) {
    guard now >= sessionDeadline else { return }
    mqtt.expired(now: now)
    stream.probe(nextAt: now + Limits.sessionProbe)
  }

  /// Encrypts what the session has to say; one record at a time, so that the next can be urgent.
  private mutating func moveOutwards(now: Instant) throws(SecureStreamFailure) {
    while mqtt.step() == .transmit, backend.recordsToSend.isEmpty {
      let count = try backend.write(mqtt.bytesToSend)
      mqtt.sent(count, now: now)
      if count == 0 { return }
    }
    // The session has more, and the last record found no room: its patience begins.
    if mqtt.step() == .transmit, stream.writeIsBlocked { mqtt.sent(0, now: now) }
  }

  /// Decrypts what has arrived; true if the session got something.
  private mutating func moveInwards(now: Instant) throws(SecureStreamFailure) -> Bool {
    var space = mqtt.receiveSpace
    guard !space.isEmpty else { return false }
    let count = try backend.read(into: &space)
    guard count > 0 else { return false }
    mqtt.received(count, now: now)
    return true
  }

  /// DISCONNECT is written: says farewell on the TLS layer too, then drops the connection.
  private mutating func farewellStep(now: Instant) -> DeviceStep? {
    if !farewellIsSaid {
      farewellIsSaid = true
      backend.close()
      return nil
    }
    guard backend.recordsToSend.isEmpty else { return .sleep }
    finishClosing(now: now)
    return nil
  }

  /// The connection has ended as planned.
  mutating func finishClosing(now: Instant) {
    loseSession(hasLastWords: false)
    if isStopping { return halt(now: now) }
    notices.append(.offline(.refresh))
    move(on: .closed, now: now)
  }

  /// The cloud accepted CONNECT.
  mutating func accepted(sessionPresent: Bool, now: Instant) {
    token.accepted()
    backOff.succeeded(now: now)
    if backend.wasResumed { counters.connectsResumed += 1 } else { counters.connectsFull += 1 }
    notices.append(.online(sessionPresent: sessionPresent))
    if !sessionPresent {
      hasSubscribed = false
      newSince = 0
    }
    loadingIsBlocked = false
    subscriptionsDue = hasSubscribed ? 0 : 2
    subscriptionsAwaited = subscriptionsDue
    move(on: .accepted, now: now)
  }

  private mutating func subscribe(now: Instant) {
    let profile = configuration.profile
    let template = subscriptionsDue == 2 ? profile.configTopic : profile.commandsFilter
    subscriptionsDue -= 1
    var filter = TopicName()
    let quality: MQTT.QualityOfService =
      configuration.subscribesWithAcknowledgement ? .atLeastOnce : .atMostOnce
    guard configuration.expand(template, into: &filter) else {
      return pendingOutcome = .failed(.namesTooLong)
    }
    do { _ = try mqtt.subscribe(filter.span, quality: quality) } catch {
      pendingOutcome = .failed(.namesTooLong)
    }
  }
}
