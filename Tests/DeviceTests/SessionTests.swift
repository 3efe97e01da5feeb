import Device
import MQTTClient
import Platform
import Testing
import Units
import Wire

@Suite struct SessionTests {
  @Test func reconnectsWhereAPingIsNotAnswered() {
    let trial = Trial()
    trial.goOnline()
    trial.broker.answersPings = false
    let begin = trial.world.milliseconds
    trial.run(seconds: 300) { !$0.reasons.isEmpty }
    #expect(trial.reasons == [.session(.pingTimeout)])
    // 240 s less 5, and 20 for the answer.
    #expect((254_900...256_500).contains(trial.world.milliseconds - begin))
    trial.broker.answersPings = true
    trial.goOnline()
  }

  @Test func reconnectsWhereAMessageIsNotAcknowledged() {
    let trial = Trial()
    trial.goOnline()
    trial.broker.acknowledges = false
    trial.publish("unanswered")
    trial.run(seconds: 61) { !$0.reasons.isEmpty }
    #expect(trial.reasons == [.session(.acknowledgementTimeout)])
    trial.broker.acknowledges = true
    trial.goOnline()
    #expect(trial.acknowledged == ["unanswered"])
    #expect(trial.broker.arrivals.map(\.isDuplicate) == [false, true])
  }

  /// A peer that is gone without a word: bytes vanish in both directions.
  @Test func noticesAConnectionThatIsCut() {
    let trial = Trial()
    trial.goOnline()
    trial.world.link?.isCut = true
    trial.publish("into the void")
    trial.run(seconds: 61) { !$0.reasons.isEmpty }
    #expect(trial.reasons == [.session(.acknowledgementTimeout)])
    trial.goOnline()
    #expect(trial.acknowledged == ["into the void"])
  }

  /// A stream that takes nothing is given up 30 s after it was tried, not after the keep-alive.
  @Test func noticesAStreamThatTakesNothing() {
    let trial = Trial()
    trial.goOnline()
    trial.world.isFull = true
    let begin = trial.world.milliseconds
    trial.publish("first")
    trial.publish("second")
    trial.run(seconds: 300) { !$0.reasons.isEmpty }
    #expect(trial.reasons == [.session(.transmitTimeout)])
    #expect((30_000...31_000).contains(trial.world.milliseconds - begin))
    trial.world.isFull = false
    trial.goOnline()
    #expect(trial.acknowledged == ["first", "second"])
  }

  @Test func bearsAStreamThatTakesNothingForAWhile() {
    let trial = Trial()
    trial.goOnline()
    trial.world.isFull = true
    trial.publish("first")
    trial.publish("second")
    trial.run(seconds: 29)
    trial.world.isFull = false
    trial.run(seconds: 2)
    #expect(trial.acknowledged == ["first", "second"])
    #expect(trial.reasons == [])
  }

  @Test func bearsATLSEngineThatTakesNothingForAWhile() {
    let trial = Trial()
    trial.goOnline()
    trial.cryptography.refusedWrites = 3
    trial.publish("patient")
    for _ in 0..<3 { trial.work() }
    trial.run(seconds: 1)
    #expect(trial.acknowledged == ["patient"])
  }

  /// The acknowledgement has arrived in time, but the device computed and looks too late.
  @Test func readsBeforeItGivesUp() {
    let trial = Trial()
    trial.goOnline()
    trial.world.roundTrip = 59_990
    trial.publish("just in time")
    trial.world.milliseconds += 70_000
    trial.work()
    #expect(trial.acknowledged == ["just in time"])
    #expect(trial.reasons == [])
  }

  @Test func returnsWhereTheBrokerEndsTheConnection() {
    let trial = Trial()
    trial.goOnline()
    trial.broker.close()
    trial.run(seconds: 1)
    #expect(trial.reasons.count == 1)
    #expect(trial.reasons == [.security(.closedByPeer)])
    trial.goOnline()
    trial.world.link?.deliver(.end, at: trial.world.milliseconds)
    trial.run(milliseconds: 1)
    #expect(trial.reasons.last == .stream(.closed))
    trial.goOnline()
  }

  @Test func keepsWhatIsPublishedWithoutAConnection() {
    let trial = Trial()
    trial.publish("before everything")
    #expect(throws: PublishFailure.notConnected) { try trial.offer("lost", quality: .atMostOnce) }
    trial.world.reception = .silence
    trial.run(seconds: 3_600)
    for index in 0..<7 { trial.publish("kept \(index)") }
    trial.world.reception = .accepts
    #expect(trial.run(seconds: 1_100) { $0.phase == .online })
    trial.run(seconds: 2)
    #expect(trial.acknowledged == trial.accepted)
    #expect(trial.broker.arrivals.allSatisfy { !$0.isDuplicate })
  }

  @Test func saysWhenThereIsNoRoom() {
    let trial = Trial()
    let long = String(repeating: "x", count: 400)
    var count = 0
    while (try? trial.offer("\(count) \(long)")) != nil { count += 1 }
    #expect(count == 4)
    #expect(throws: PublishFailure.full) { try trial.offer("again \(long)") }
    #expect(throws: PublishFailure.tooLarge) {
      try trial.offer(String(repeating: "x", count: 2_050))
    }
    trial.goOnline()
    #expect(trial.acknowledged.count == 4)
    trial.publish("room again \(long)")
    trial.run(seconds: 1)
    #expect(trial.acknowledged.count == 5)
  }

  @Test func sendsWithoutAcknowledgementWhileConnected() {
    let trial = Trial()
    trial.goOnline()
    trial.publish("once", quality: .atMostOnce)
    trial.run(seconds: 1)
    #expect(trial.broker.count(of: "once") == 1)
    #expect(trial.device.unacknowledgedCount == 0)
  }

  @Test func handsOutWhatTheCloudSends() {
    let trial = Trial()
    trial.goOnline()
    trial.broker.push("{}", to: "/devices/device/config")
    trial.broker.push("reboot", to: "/devices/device/commands/now", quality: .atMostOnce)
    trial.broker.push(String(repeating: "x", count: 1_500), to: "/devices/device/config")
    trial.run(seconds: 1)
    #expect(trial.messages == ["{}", "reboot"])
    #expect(trial.events.contains { if case .oversized = $0 { true } else { false } })
    #expect(trial.broker.pubackCount == 2)
    #expect(trial.phase == .online)
  }

  /// The broker keeps the session, but the connection broke before it had granted anything.
  @Test func asksAgainForSubscriptionsThatWereNotGranted() {
    let trial = Trial()
    trial.broker.grantsSubscriptions = false
    trial.run(seconds: 60) { $0.phase == .online }
    trial.run(seconds: 2)
    trial.world.link?.deliver(.reset, at: trial.world.milliseconds)
    trial.run(milliseconds: 1)
    trial.broker.grantsSubscriptions = true
    trial.run(seconds: 60) { $0.phase == .online }
    trial.run(seconds: 1)
    #expect(trial.events.last == .online(sessionPresent: true))
    #expect(trial.broker.sessions.values.first?.count == 2)
    trial.world.link?.deliver(.reset, at: trial.world.milliseconds)
    trial.run(milliseconds: 1)
    trial.run(seconds: 60) { $0.phase == .online }
    trial.run(seconds: 1)
    #expect(trial.count("subscribe") == 4, "granted once, they are not asked for again")
  }

  /// What the broker sends while the connection is being ended must not matter.
  @Test(
    arguments: [
      [0xF0, 0, 0, 0], [0x20, 2, 0, 0], [0x20, 2, 0, 5], [0x30, 3, 0, 1, 0x61], [0xD0, 0],
      [0x40, 2, 0, 1], [0x40, 2, 0xFF, 0xFF], [0x90, 3, 0, 1, 1], [0x62, 2, 0, 1], [0xE0, 0],
    ] as [[UInt8]], [DevicePhase.joining, .online, .draining, .closing])
  func endsWhateverTheBrokerSays(_ bytes: [UInt8], in phase: DevicePhase) {
    for stops in [false, true] {
      for isFull in [false, true] {
        let trial = Trial("\(bytes) in \(phase), stops: \(stops), full: \(isFull)")
        if phase == .joining { trial.broker.greeting = .silence }
        trial.run(seconds: 60) { $0.phase == .joining }
        if phase != .joining {
          trial.run(seconds: 60) { $0.phase == .online }
          trial.broker.acknowledges = false
          trial.publish("unanswered")
        }
        if phase == .draining || phase == .closing { trial.stop() }
        trial.world.isFull = isFull
        // One is taken by the TLS engine, and one stays: the session is not done then.
        if phase == .closing { for text in ["more", "still more"] { trial.publish(text) } }
        if phase == .closing { trial.run(milliseconds: 5_001) }
        guard let link = trial.world.link else { continue }
        trial.broker.send(bytes + bytes, on: link)
        trial.broker.send([0xF0], on: link)
        trial.world.link?.deliver(.end, at: trial.world.milliseconds + 100)
        trial.run(milliseconds: 81)
        if stops { trial.stop() }
        trial.run(seconds: 20)
        trial.world.isFull = false
        trial.broker.greeting = .judges
        trial.broker.acknowledges = true
        if stops || phase == .draining || phase == .closing {
          #expect(trial.phase == .halted, "\(trial.world.name)")
        } else {
          trial.goOnline()
        }
      }
    }
  }

  /// The application asks on after `none`, and stops the device before it is driven again.
  @Test(arguments: [[0x20, 2, 0, 0], [0x20, 2, 0, 5], [0xFF]] as [[UInt8]])
  func stopsBetweenAnEventAndItsConsequence(_ connack: [UInt8]) {
    let trial = Trial()
    trial.broker.insteadOfConnack = connack
    trial.run(seconds: 60) { $0.phase == .joining }
    trial.stopsAfterEvents = true
    trial.run(seconds: 5)
    #expect(trial.phase == .halted)
    #expect(trial.reasons.last == .stopped)
  }
}
