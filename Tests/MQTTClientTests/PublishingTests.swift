import Bytes
import MQTTClient
import Testing
import Units
import Wire

@Suite struct PublishingTests {
  @Test func sendsAtMostOnceAndForgets() throws {
    let bench = Bench()
    bench.connect()
    #expect(try bench.publish("t", [1, 2], qos: 0) == nil)
    bench.expectSend(publishPacket("t", [1, 2]))
    #expect(bench.isDrained)
    #expect(bench.client.counters.messagesSent == 1)
  }

  @Test func keepsAtLeastOnceUntilItIsAcknowledged() throws {
    let bench = Bench()
    bench.connect()
    #expect(try bench.publish("t", [1], retain: true) == 1)
    bench.expectSend(publishPacket("t", [1], packetID: 1, retain: true))
    #expect(bench.client.unacknowledgedCount == 1)
    #expect(!bench.isDrained)
    bench.receive(puback(1))
    #expect(bench.events() == [.acknowledged(1)])
    #expect(bench.isDrained)
    #expect(bench.client.counters.messagesAcknowledged == 1)
  }

  @Test func neverRepeatsOnALiveConnection() throws {
    let bench = Bench()
    bench.connect(keepAlive: 0)
    try bench.publish("t")
    _ = bench.takeBytes()
    for _ in 0..<5 {
      bench.wait(milliseconds: 10_000)
      bench.expectSend([])
    }
  }

  @Test func acceptsAcknowledgementsInAnyOrder() throws {
    let bench = Bench()
    bench.connect()
    for number in 1...5 { #expect(try bench.publish("t", [UInt8(number)]) == UInt16(number)) }
    _ = bench.takeBytes()
    for number in [3, 1, 5, 4, 2] as [UInt16] {
      bench.receive(puback(number))
      #expect(bench.events() == [.acknowledged(number)])
    }
    #expect(bench.isDrained)
  }

  @Test func movesAMessageInTransitWhenAnEarlierOneLeaves() throws {
    let bench = Bench()
    bench.connect()
    try bench.publish("first", [1, 2, 3])
    _ = bench.takeBytes()
    try bench.publish("second", [4, 5, 6])
    try bench.publish("third", [7])
    let second = publishPacket("second", [4, 5, 6], packetID: 2)
    let start = bench.takeBytes(upTo: 5)
    bench.receive(puback(1))
    #expect(bench.events() == [.acknowledged(1)])
    #expect(start + bench.takeBytes() == second + publishPacket("third", [7], packetID: 3))
  }

  @Test func putsControlPacketsBetweenMessagesNeverInside() throws {
    let bench = Bench()
    bench.connect()
    try bench.publish("a", [1, 2, 3])
    try bench.publish("b", [4])
    let first = publishPacket("a", [1, 2, 3], packetID: 1)
    let start = bench.takeBytes(upTo: 4)
    try bench.subscribe("s", qos: 0)
    #expect(bench.takeBytes(upTo: 1) == [first[4]])
    let rest = bench.takeBytes()
    #expect(
      start + [first[4]] + rest
        == first + packet(0x82, [0x80, 0] + counted("s") + [0])
        + publishPacket("b", [4], packetID: 2))
  }

  @Test func isSentWholeInPiecesOfAnySize() throws {
    let expected = publishPacket("topic", [9, 8, 7], packetID: 1) + publishPacket("x", [])
    for size in 1...expected.count {
      let bench = Bench()
      bench.connect()
      try bench.publish("topic", [9, 8, 7])
      try bench.publish("x", qos: 0)
      var bytes: [UInt8] = []
      while !bench.isSilent { bytes += bench.takeBytes(upTo: size) }
      #expect(bytes == expected)
    }
  }

  @Test func saysWhenItsTableIsFullAndGoesOnAfterwards() throws {
    let bench = Bench()
    bench.connect()
    for _ in 0..<16 { try bench.publish("t") }
    #expect(throws: PublishFailure.full) { try bench.publish("t") }
    #expect(throws: PublishFailure.full) { try bench.publish("t", qos: 0) }
    _ = bench.takeBytes()
    #expect(throws: PublishFailure.full) { try bench.publish("t") }
    bench.receive(puback(4))
    #expect(bench.events() == [.acknowledged(4)])
    let next = try #require(try bench.publish("t"))
    #expect(!(1...16).contains(next))
    bench.expectSend(publishPacket("t", [], packetID: next))
  }

  @Test func saysWhenItsArenaIsFullAndWhatNeverFits() throws {
    let bench = Bench()
    bench.connect()
    // Fixed header 3, topic 3, identifier 2: 2048 bytes in all.
    let largest = [UInt8](repeating: 0x55, count: 2_040)
    #expect(throws: PublishFailure.tooLarge) { try bench.publish("t", largest + [0]) }
    try bench.publish("t", largest)
    #expect(throws: PublishFailure.full) { try bench.publish("t") }
    _ = bench.takeBytes()
    bench.receive(puback(1))
    #expect(bench.events() == [.acknowledged(1)])
    try bench.publish("t", largest + [0, 0], qos: 0)
    #expect(throws: PublishFailure.tooLarge) {
      try bench.publish("t", largest + [0, 0, 0], qos: 0)
    }
  }

  @Test(arguments: ["", "a/#", "+", "a\0"])
  func refusesInvalidTopics(_ topic: String) {
    let bench = Bench()
    bench.connect()
    #expect(throws: PublishFailure.invalidTopic) { try bench.publish(topic) }
    #expect(bench.isSilent)
  }

  @Test func acceptsOnlyAtLeastOnceWithoutAConnection() throws {
    let bench = Bench()
    #expect(throws: PublishFailure.notConnected) { try bench.publish("t", qos: 0) }
    #expect(try bench.publish("t", [1]) == 1)
    #expect(bench.isSilent)
    bench.startConnect()
    #expect(try bench.publish("t", [2]) == 2)
    _ = bench.takeBytes()
    #expect(bench.isSilent)
    bench.receive([0x20, 2, 0, 0])
    #expect(bench.events() == [.connected(sessionPresent: false)])
    bench.expectSend(publishPacket("t", [1], packetID: 1) + publishPacket("t", [2], packetID: 2))
  }

  @Test func countsAndIgnoresAcknowledgementsOfNothing() throws {
    let bench = Bench()
    bench.connect()
    try bench.publish("t")
    _ = bench.takeBytes()
    bench.receive(puback(2) + puback(1) + puback(1))
    #expect(bench.events() == [.acknowledged(1)])
    #expect(bench.client.counters.unknownAcknowledgements == 2)
    #expect(bench.isConnected)
  }

  @Test func refusesAnAcknowledgementOfWhatWasNotSent() throws {
    let bench = Bench()
    bench.connect()
    try bench.publish("t", [1])
    _ = bench.takeBytes(upTo: publishPacket("t", [1], packetID: 1).count - 1)
    bench.receive(puback(1))
    #expect(
      bench.events() == [.failed(.protocolViolation(.unexpectedAcknowledgement(.first)))])
    #expect(bench.client.unacknowledgedCount == 1)
  }

  @Test func waitsSixtySecondsForAnAcknowledgement() throws {
    let bench = Bench()
    bench.connect(keepAlive: 0)
    try bench.publish("a")
    _ = bench.takeBytes()
    bench.wait(milliseconds: 30_000)
    try bench.publish("b")
    _ = bench.takeBytes()
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 30_000))
    bench.receive(puback(1))
    #expect(bench.events() == [.acknowledged(1)])
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 60_000))
    bench.wait(milliseconds: 59_999)
    #expect(bench.events() == [])
    bench.wait(milliseconds: 1)
    #expect(bench.events() == [.failed(.acknowledgementTimeout)])
    #expect(bench.client.unacknowledgedCount == 1)
  }

  @Test func readsAnAcknowledgementThatWaitedInTheTransport() throws {
    let bench = Bench()
    bench.connect(keepAlive: 0)
    try bench.publish("a")
    _ = bench.takeBytes()
    bench.wait(milliseconds: 70_000, reading: false)
    bench.receive(puback(1))
    bench.receiveNothing()
    #expect(bench.events() == [.acknowledged(1)])
    #expect(bench.client.deadline == .never)
  }

  @Test func givesIdentifiersThatAreFree() throws {
    let bench = Bench()
    bench.connect()
    #expect(try bench.publish("long", [1]) == 1)
    _ = bench.takeBytes()
    var last: UInt16 = 1
    for _ in 0..<65_540 {
      last = try #require(try bench.publish("t"))
      if last == 0 || last == 1 { Issue.record("\(last) was given") }
      _ = bench.takeBytes()
      bench.receive(puback(last))
      _ = bench.nextEvent()
      _ = bench.nextEvent()
    }
    // Half of all identifiers but one are free; 65540 tries go round twice and 8 further.
    #expect(last == 9)
    #expect(bench.client.unacknowledgedCount == 1)
  }
}
