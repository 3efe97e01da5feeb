import Device
import FlashTestSupport
import Jitter
import MQTTClient
import Store
import Testing
import Units

/// Messages on flash: through resets, on their way, and when there are too many.
@Suite struct OutboxJourneyTests {
  @Test func whatWasAcceptedSurvivesAReset() {
    let trial = Trial(outbox: .refuse)
    for number in 1...26 { trial.publish("\(number)") }
    trial.restart()
    trial.goOnline()
    #expect(trial.broker.arrivals.map(\.payload) == (1...26).map { "\($0)" })
    #expect(trial.device.counters.messagesRecovered == 26)
    trial.restart()
    trial.goOnline()
    #expect(trial.device.counters.messagesRecovered == 0)
    #expect(trial.broker.arrivals.count == 26)
  }

  @Test(arguments: [true, false])
  func isADuplicateOnlyInAKeptSession(isKept: Bool) {
    let trial = Trial("kept \(isKept)", outbox: .refuse)
    trial.goOnline()
    trial.broker.acknowledges = false
    trial.publish("a")
    trial.publish("b")
    trial.run(seconds: 1)
    #expect(trial.broker.arrivals.map(\.isDuplicate) == [false, false])
    let numbers = trial.broker.arrivals.map(\.packetNumber)
    trial.restart()
    trial.broker.acknowledges = true
    if !isKept { trial.broker.sessions = [:] }
    trial.goOnline()
    let again = trial.broker.arrivals.dropFirst(2)
    #expect(again.map(\.payload) == ["a", "b"])
    #expect(again.map(\.isDuplicate) == [isKept, isKept])
    #expect(again.map(\.packetNumber) == numbers)
    trial.publish("c")
    trial.run(seconds: 1)
    #expect(trial.broker.arrivals.last?.isDuplicate == false)
  }

  /// Found by a fleet in virtual time: what is longer than the room for a topic was refused.
  @Test(arguments: [1, 140, 150, 700]) func aLongMessageFindsItsWay(byteCount: Int) {
    let trial = Trial("\(byteCount) bytes", outbox: .refuse)
    let payload = String(repeating: "x", count: byteCount)
    trial.publish(payload)
    trial.goOnline()
    trial.run(seconds: 1)
    #expect(trial.broker.arrivals.map(\.payload) == [payload])
    #expect(trial.device.unacknowledgedCount == 0)
  }

  @Test func leavesFlashWithItsAcknowledgementOnly() {
    let trial = Trial(outbox: .refuse)
    trial.goOnline()
    trial.broker.acknowledges = false
    trial.publish("a")
    trial.run(seconds: 5)
    #expect(trial.device.unacknowledgedCount == 1)
    trial.restart()
    trial.run(seconds: 1)
    #expect(trial.device.unacknowledgedCount == 1)
  }

  @Test func moreThanTheSessionHoldsGoesOutInOrder() {
    let trial = Trial(outbox: .refuse)
    trial.world.reception = .silence
    for number in 1...26 { trial.publish("\(number)") }
    trial.world.reception = .accepts
    trial.goOnline()
    for number in 27...36 { trial.publish("\(number)") }
    trial.run(seconds: 10)
    #expect(trial.broker.arrivals.map(\.payload) == (1...36).map { "\($0)" })
    #expect(trial.broker.arrivals.allSatisfy { !$0.isDuplicate })
    #expect(trial.device.unacknowledgedCount == 0)
  }

  /// Fills the outbox with messages that are numbered from 1.
  private func fill(_ trial: Trial, priority: (Int) -> MessagePriority = { _ in .normal }) {
    for number in 1...100 {
      do { try trial.offer(text(number), priority: priority(number)) } catch { return }
      if trial.device.counters.messagesDropped > 0 { return }
    }
  }

  private func text(_ number: Int) -> String { "\(number) " + String(repeating: "x", count: 80) }

  @Test func refusesWhenFull() {
    let trial = Trial(outbox: .refuse)
    fill(trial)
    let held = trial.accepted.count
    #expect(held > 10)
    #expect(throws: PublishFailure.full) { try trial.offer(text(0)) }
    #expect(trial.device.counters.messagesDropped == 0)
    trial.goOnline()
    #expect(trial.broker.arrivals.count == held)
    trial.publish(text(0))
  }

  @Test func dropsTheOldest() {
    let trial = Trial(outbox: .dropOldest)
    fill(trial)
    for number in 101...110 { trial.publish(text(number)) }
    let dropped = trial.device.counters.messagesDropped
    #expect(dropped >= 10)
    trial.work()
    #expect(trial.events.contains(.dropped(.outboxIsFull)))
    trial.goOnline()
    #expect(trial.broker.arrivals.map(\.payload) == Array(trial.accepted.dropFirst(dropped)))
  }

  @Test func dropsTheLeastImportant() {
    let trial = Trial(outbox: .dropLeastImportant)
    fill(trial) { $0 % 3 == 0 ? .low : .high }
    #expect(throws: Never.self) { try trial.offer("urgent", priority: .high) }
    let low = trial.accepted.enumerated().filter { ($0.offset + 1) % 3 == 0 }.count
    while trial.device.counters.messagesDropped < low {
      guard (try? trial.offer(text(999), priority: .normal)) != nil else { break }
    }
    trial.goOnline()
    let arrived = trial.broker.arrivals.map(\.payload)
    let important = trial.accepted.enumerated().filter { index, payload in
      (index + 1) % 3 != 0 && !payload.hasPrefix("999")
    }
    #expect(important.allSatisfy { arrived.contains($0.element) })
  }

  @Test func nothingMatters() {
    let trial = Trial(outbox: .dropLeastImportant)
    fill(trial) { _ in .high }
    while trial.device.counters.messagesDropped < 3 { trial.offerHigh(text(5)) }
    #expect(throws: PublishFailure.outranked) { try trial.offer(text(6), priority: .low) }
  }

  @Test func sayssoWhenTheFlashDoesNotObey() {
    let trial = Trial(outbox: .refuse)
    trial.goOnline()
    trial.world.flash.stepsLeft = -1
    #expect(throws: PublishFailure.notStored) { try trial.offer("a") }
    #expect(trial.device.storeFailure == .flash(.hardware))
    trial.world.flash.restart()
    trial.publish("b")
    trial.run(seconds: 20)
    #expect(trial.broker.arrivals.map(\.payload) == ["b"])
    #expect(trial.device.unacknowledgedCount == 0)
  }

  @Test func settlesLaterWhatItCouldNotSettle() {
    let trial = Trial(outbox: .refuse)
    trial.goOnline()
    trial.publish("a")
    trial.world.flash.stepsLeft = -1
    trial.run(seconds: 15)
    #expect(trial.device.counters.storeFailures > 0)
    trial.world.flash.restart()
    trial.run(seconds: 15)
    #expect(trial.device.unacknowledgedCount == 0)
  }

  @Test func countsWhatWasDamagedAndDeliversTheRest() throws {
    let trial = Trial(outbox: .refuse)
    for number in 1...5 { trial.publish("number \(number)") }
    let wanted = Array("number 3".utf8)
    let place = try #require(
      trial.world.flash.cells.indices.first {
        trial.world.flash.cells[$0...].starts(with: wanted)
      })
    trial.world.flash.cells[place] ^= 1
    trial.restart()
    trial.goOnline()
    #expect(trial.device.counters.messagesDamaged == 1)
    #expect(trial.device.counters.messagesRecovered == 4)
    #expect(trial.broker.arrivals.map(\.payload) == [1, 2, 4, 5].map { "number \($0)" })
    #expect(trial.device.unacknowledgedCount == 0)
  }

  /// What cannot be dropped on flash stays in the session.
  @Test func aMessageThatCouldNotBeDroppedIsStillDelivered() {
    let trial = Trial(outbox: .dropOldest)
    fill(trial)
    let before = trial.accepted.count
    let dropped = trial.device.counters.messagesDropped
    trial.world.flash.stepsLeft = -1
    #expect(throws: PublishFailure.notStored) { try trial.offer(text(0)) }
    trial.world.flash.restart()
    #expect(trial.device.counters.messagesDropped == dropped)
    trial.goOnline()
    #expect(trial.broker.arrivals.map(\.payload) == Array(trial.accepted.dropFirst(dropped)))
    #expect(trial.accepted.count == before)
    #expect(trial.device.unacknowledgedCount == 0)
  }

  /// With nothing waiting on flash a message goes to the session at once, after a reset too.
  @Test func nothingIsReadBackWhereNothingWaits() {
    let trial = Trial(outbox: .refuse)
    trial.goOnline()
    trial.publish("a")
    trial.run(seconds: 1)
    trial.restart()
    trial.publish("b")
    let read = trial.world.flash.bytesRead
    trial.goOnline()
    #expect(trial.broker.arrivals.map(\.payload) == ["a", "b"])
    // Its mark alone, when it is settled: no content.
    #expect(trial.world.flash.bytesRead - read < 200)
  }

  /// Power cuts at any step of the flash, with everything going on.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func losesNothingWhateverHappensToThePower(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let trial = Trial("power", seed: seed, outbox: .refuse)
    for round in 0..<20 {
      trial.world.flash.stepsLeft = Int.random(in: 0...60, using: &random)
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        try? trial.offer("\(round)-\(trial.accepted.count)")
        trial.run(milliseconds: UInt64.random(in: 1...8_000, using: &random))
        if trial.device.storeFailure != nil { break }
      }
      trial.restart()
    }
    trial.goOnline()
    trial.run(seconds: 60)
    let lost = trial.accepted.filter { trial.broker.count(of: $0) == 0 }
    #expect(lost == [], "seed \(seed)")
    var firsts: [String] = []
    for arrival in trial.broker.arrivals where !firsts.contains(arrival.payload) {
      firsts.append(arrival.payload)
    }
    #expect(firsts.filter(trial.accepted.contains) == trial.accepted, "seed \(seed)")
  }
}

extension Trial {
  fileprivate func offerHigh(_ payload: String) { try? offer(payload, priority: .high) }
}

/// What the virtual fleet found: each was a device that never got rid of a message.
@Suite struct OutboxDamageJourneyTests {
  /// Seed 18 of the swarm, device 0.
  @Test func aMessageThatIsDamagedWhileItIsSentIsGoneInTheEnd() {
    let trial = Trial(outbox: .refuse)
    trial.goOnline()
    trial.broker.acknowledges = false
    trial.publish("a")
    trial.run(seconds: 1)
    // The header of the only record is no header any more.
    trial.world.flash.cells[16] ^= 1
    trial.broker.acknowledges = true
    trial.world.link?.deliver(.reset, at: trial.world.milliseconds)
    trial.run(seconds: 30)
    #expect(trial.broker.count(of: "a") == 2)
    #expect(trial.device.unacknowledgedCount == 0)
    trial.publish("b")
    trial.run(seconds: 5)
    #expect(trial.device.unacknowledgedCount == 0)
  }

  /// Seed 19 of the swarm, device 1.
  @Test func messagesThatAreDamagedWhileTheyWaitAreGoneInTheEnd() {
    let trial = Trial(outbox: .refuse)
    for number in 1...26 { trial.publish("\(number)") }
    // The headers of two that the session has no room for: length, priority 1, zero, number.
    var headerCount = 0
    for place in stride(from: 16, to: trial.world.flash.cells.count, by: 8) {
      let header = Array(trial.world.flash.cells[place..<place + 8])
      guard header[2...3] == [1, 0], header[5...7] == [0, 0, 0], header[4] == 25 || header[4] == 26
      else { continue }
      trial.world.flash.cells[place + 12] ^= 1
      headerCount += 1
    }
    #expect(headerCount == 2)
    trial.goOnline()
    trial.run(seconds: 30)
    #expect(trial.device.unacknowledgedCount == 0)
    #expect(trial.broker.arrivals.count == 24)
  }

  /// Seed 23 of the swarm, device 2.
  @Test func aMarkThatDoesNotStayHoldsNothingUp() {
    let trial = Trial(outbox: .refuse)
    trial.goOnline()
    trial.publish("a")
    trial.run(seconds: 1)
    trial.world.flash.deadUnits = Set(0..<512)
    trial.run(seconds: 30)
    #expect(trial.device.unacknowledgedCount == 0)
  }
}
