import Device
import Platform
import Testing
import Units
import Wire

@Suite struct TokenTests {
  @Test func signsOnceMoreWithANewDateAndThenWaits() {
    let trial = Trial()
    trial.broker.greeting = .refuses(.notAuthorized)
    trial.run(seconds: 60) { $0.reasons.count == 2 }
    #expect(trial.reasons == [.refused(.notAuthorized), .refused(.notAuthorized)])
    #expect(trial.world.log.filter { $0.hasPrefix("ask time") }.count == 2)
    #expect(trial.cryptography.signatureCount == 2)
    #expect(trial.phase == .waiting)
    // From now on there is one token for each attempt, and none is ever offered twice.
    trial.run(seconds: 6 * 3_600)
    #expect((15...90).contains(trial.reasons.count))
    #expect(trial.broker.tokens.count == trial.reasons.count)
    #expect(trial.broker.repeatedTokens == [])
    #expect(trial.device.counters.tokensRefused == trial.reasons.count)
    trial.broker.greeting = .judges
    #expect(trial.run(seconds: 1_100) { $0.phase == .online })
    // A fleet's clock is not at fault each time: the time was not asked for with each refusal.
    #expect(trial.world.log.filter { $0.hasPrefix("ask time") }.count <= 6)
  }

  /// The device's clock is wrong; after a refusal it finds the right date.
  @Test func mendsAClockThatWasWrong() {
    let trial = Trial()
    for index in 0..<3 { trial.world.timeServers[index].offset = 30 * 86_400_000 }
    trial.run(seconds: 60) { $0.phase == .connecting }
    for index in 0..<3 { trial.world.timeServers[index].offset = 0 }
    trial.run(seconds: 60) { $0.phase == .online }
    #expect(trial.phase == .online)
    #expect(trial.reasons == [.refused(.notAuthorized)])
    #expect(trial.broker.repeatedTokens == [])
  }

  /// Within one second the same key would make the same token again.
  @Test func offersAnotherTokenThoughTheTimeComesAtOnce() {
    for seed in 0..<20 as Range<UInt64> {
      let trial = Trial(seed: seed)
      trial.world.roundTrip = 2
      trial.world.pendingLookups = 0
      // The clock is right long before the cloud can be reached.
      trial.world.reception = .refuses
      trial.run(seconds: 3_600 + seed * 777)
      trial.broker.greeting = .refuses(.badUserNameOrPassword)
      trial.world.reception = .accepts
      trial.run(seconds: 3_600)
      #expect(trial.broker.tokens.count >= 2)
      #expect(trial.broker.repeatedTokens == [])
      #expect(Set(trial.broker.tokens).count == trial.broker.tokens.count)
    }
  }

  @Test(arguments: [
    MQTT.ConnectReturnCode.unacceptableProtocolVersion, .identifierRejected, .serverUnavailable,
  ])
  func keepsATokenThatIsNotToBlame(_ code: MQTT.ConnectReturnCode) {
    let trial = Trial()
    trial.broker.greeting = .refuses(code)
    trial.run(seconds: 300)
    #expect(trial.reasons.count > 3)
    #expect(Set(trial.reasons.map { "\($0)" }) == ["\(OfflineReason.refused(code))"])
    #expect(trial.cryptography.signatureCount == 1)
  }

  @Test(arguments: [true, false])
  func renewsBeforeTheEnd(sessionIsKept: Bool) throws {
    // Another one of the same seed tells when the time will come.
    let model = Trial()
    model.run(seconds: 3_600) { $0.device.counters.refreshes == 1 }
    let due = model.world.milliseconds
    let trial = Trial("session kept: \(sessionIsKept)")
    trial.goOnline()
    let first = try #require(trial.broker.tokens.first)
    trial.run(seconds: 3_600) { $0.cryptography.signatureCount == 2 }
    #expect(trial.phase == .online, "signed ahead, while the connection is there")
    #expect((59_000...61_000).contains(due - trial.world.milliseconds))
    // A message that is not acknowledged when the time has come.
    trial.broker.acknowledges = false
    trial.run(until: due - 10)
    trial.publish("in flight")
    trial.run(seconds: 4)
    #expect(trial.phase == .draining)
    trial.publish("while draining")
    trial.run(seconds: 1)
    trial.broker.acknowledges = true
    if !sessionIsKept { trial.broker.sessions = [:] }
    trial.run(seconds: 10) { $0.phase == .online }
    trial.run(seconds: 2)

    #expect(trial.reasons == [.refresh])
    #expect(trial.device.counters.refreshes == 1)
    #expect(trial.count("disconnect") == 2, "DISCONNECT went out, then the stream was dropped")
    #expect(trial.broker.tokens.count == 2 && trial.broker.tokens[1] != first)
    let end = Claims(first).expires
    #expect(trial.world.date.seconds < end - 60, "well before the end")
    #expect(trial.events.last == .online(sessionPresent: sessionIsKept))
    #expect(trial.acknowledged.sorted() == ["in flight", "while draining"])
    let again = trial.broker.arrivals.filter { $0.connection == 2 && $0.payload == "in flight" }
    #expect(again.map(\.isDuplicate) == [sessionIsKept])
    #expect(trial.broker.sessions.values.first?.count == 2, "the subscriptions are there")
    #expect(trial.count("subscribe") == (sessionIsKept ? 2 : 4))
  }

  /// The session breaks while it is being ended: the renewal goes on as if nothing had happened.
  @Test func renewsWhereTheFarewellFails() throws {
    let model = Trial()
    model.run(seconds: 3_600) { $0.device.counters.refreshes == 1 }
    let trial = Trial()
    trial.goOnline()
    trial.broker.acknowledges = false
    trial.run(until: model.world.milliseconds - 10)
    trial.publish("unanswered")
    trial.run(seconds: 1)
    trial.world.isFull = true
    // One is taken by the TLS engine, and one stays: the session is not done with the first.
    trial.publish("first")
    trial.publish("second")
    trial.run(milliseconds: 4_100)
    #expect(trial.phase == .closing)
    trial.broker.send([0xF0, 0], on: try #require(trial.world.link))
    trial.run(milliseconds: 100)
    #expect(trial.phase != .closing)
    #expect(trial.reasons == [.refresh])
    trial.world.isFull = false
    trial.broker.acknowledges = true
    trial.run(seconds: 5)
    #expect(trial.acknowledged.sorted() == ["first", "second", "unanswered"])
  }

  @Test func signsAheadOnlyWhereNothingWaits() throws {
    let trial = Trial()
    trial.goOnline()
    let due = trial.device.deadline(now: trial.instant)
    #expect(due > trial.instant)
    // Messages keep coming, each acknowledged only when the next is there.
    trial.world.roundTrip = 11_000
    while trial.phase == .online {
      trial.publish("m\(trial.accepted.count)")
      trial.run(seconds: 10)
    }
    trial.world.roundTrip = 80
    trial.run(seconds: 60) { $0.phase == .online }
    trial.run(seconds: 10)
    #expect(trial.cryptography.signatureCount == 2)
    let farewell = trial.world.log.firstIndex(of: "disconnect")
    let second = trial.world.log.lastIndex(of: "sign")
    #expect(try #require(farewell) < #require(second))
    #expect(Set(trial.acknowledged) == Set(trial.accepted))
  }

  /// A connection that works is not given up because the next token cannot be signed yet.
  @Test func keepsTheConnectionWhereSigningAheadFails() {
    let trial = Trial()
    trial.goOnline()
    trial.cryptography.signingFailure = .internalFailure
    trial.run(seconds: 3_600) { $0.count("sign") == 2 }
    trial.run(seconds: 10)
    #expect(trial.phase == .online)
    trial.cryptography.signingFailure = nil
    trial.run(seconds: 200)
    #expect(trial.reasons == [.refresh])
    #expect(trial.phase == .online)
  }

  /// Time is lost while online, so the device cannot renew: the cloud ends the connection.
  @Test func returnsAfterTheCloudEndedTheConnection() {
    let trial = Trial(lifetime: Interval(seconds: 60 * 86_400)) {
      $0.tokenLifetimeMaximum = Interval(seconds: 60 * 86_400)
    }
    trial.goOnline()
    for index in 0..<3 { trial.world.timeServers[index].conduct = .silence }
    trial.run(seconds: 61 * 86_400)
    #expect(trial.phase == .synchronizing)
    #expect(trial.reasons == [.stream(.closed)])
    for index in 0..<3 { trial.world.timeServers[index].conduct = .answers }
    #expect(trial.run(seconds: 1_100) { $0.phase == .online })
  }

  /// The life of tokens is shorter than the clock is good for: no reason to sign without end.
  @Test func doesNotSignWithoutEndWhereTheClockIsTooUncertain() {
    let trial = Trial(lifetime: Interval(seconds: 20))
    trial.world.roundTrip = 9_900
    trial.world.pendingLookups = 0
    for index in 0..<3 { trial.world.timeServers[index].rootDelay = 15_000 }
    trial.run(seconds: 3_600)
    #expect(trial.cryptography.signatureCount < 120, "\(trial.cryptography.signatureCount)")
    trial.world.roundTrip = 100
    for index in 0..<3 { trial.world.timeServers[index].rootDelay = 0 }
    #expect(trial.run(seconds: 2_200) { $0.phase == .online })
  }
}
