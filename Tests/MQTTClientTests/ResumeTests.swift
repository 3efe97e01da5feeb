import Jitter
import MQTTClient
import Testing
import Units
import Wire

@Suite struct ResumeTests {
  @Test func repeatsInOrderAndMarkedWhereTheSessionIsKept() throws {
    let bench = Bench()
    bench.connect()
    for number in 1...4 { try bench.publish("t", [UInt8(number)]) }
    _ = bench.takeBytes()
    bench.receive(puback(2))
    #expect(bench.events() == [.acknowledged(2)])
    try bench.publish("t", [5])
    bench.client.connectionLost()
    #expect(bench.client.unacknowledgedCount == 4)
    bench.connect(sessionPresent: true)
    bench.expectSend(
      [1, 3, 4].flatMap { publishPacket("t", [$0], packetID: UInt16($0), duplicate: true) }
        + publishPacket("t", [5], packetID: 5))
  }

  @Test func sendsAsNewWhereTheSessionIsLost() throws {
    let bench = Bench()
    bench.connect()
    for number in 1...2 { try bench.publish("t", [UInt8(number)]) }
    _ = bench.takeBytes()
    bench.client.connectionLost()
    bench.connect(sessionPresent: false)
    bench.expectSend(
      [1, 2].flatMap { publishPacket("t", [$0], packetID: UInt16($0)) })
  }

  @Test func forgetsTheMarkWhenTheSessionIsLostLater() throws {
    let bench = Bench()
    bench.connect()
    try bench.publish("t", [1])
    _ = bench.takeBytes()
    bench.client.connectionLost()
    bench.connect(sessionPresent: true)
    bench.client.connectionLost()
    bench.connect(clean: true)
    bench.client.connectionLost()
    bench.connect(sessionPresent: true)
    // It was not sent to the session that is kept now.
    bench.expectSend(publishPacket("t", [1], packetID: 1))
  }

  @Test func marksWhatWasSentInPart() throws {
    let whole = publishPacket("t", [1, 2, 3], packetID: 1)
    for count in 0...whole.count {
      let bench = Bench()
      bench.connect()
      try bench.publish("t", [1, 2, 3])
      try bench.publish("u", [4])
      #expect(bench.takeBytes(upTo: count) == Array(whole.prefix(count)))
      bench.client.connectionLost()
      bench.connect(sessionPresent: true)
      bench.expectSend(
        publishPacket("t", [1, 2, 3], packetID: 1, duplicate: count > 0)
          + publishPacket("u", [4], packetID: 2))
    }
  }

  @Test func dropsAndCountsUnsentMessagesWithoutGuarantee() throws {
    let bench = Bench()
    bench.connect()
    try bench.publish("a", [1], qos: 0)
    try bench.publish("b", [2])
    try bench.publish("c", [3], qos: 0)
    try bench.publish("d", [4], qos: 0)
    _ = bench.takeBytes(upTo: publishPacket("a", [1]).count)
    _ = bench.takeBytes(upTo: publishPacket("b", [2], packetID: 1).count + 2)
    bench.client.connectionLost()
    #expect(bench.client.counters.messagesDropped == 2)
    bench.connect(sessionPresent: true)
    bench.expectSend(publishPacket("b", [2], packetID: 1, duplicate: true))
  }

  @Test func survivesALossInTheMiddleOfTheRepetition() throws {
    let bench = Bench()
    bench.connect()
    for number in 1...3 { try bench.publish("t", [UInt8(number)]) }
    _ = bench.takeBytes()
    bench.client.connectionLost()
    bench.connect(sessionPresent: true)
    _ = bench.takeBytes(upTo: publishPacket("t", [1], packetID: 1).count + 3)
    bench.receive(puback(1))
    #expect(bench.events() == [.acknowledged(1)])
    bench.client.connectionLost()
    bench.connect(sessionPresent: true)
    bench.expectSend(
      [2, 3].flatMap { publishPacket("t", [$0], packetID: UInt16($0), duplicate: true) })
  }

  @Test func connectIsALossOfTheConnectionBefore() throws {
    let bench = Bench()
    bench.connect()
    try bench.publish("t", [1])
    _ = bench.takeBytes()
    bench.connect(sessionPresent: true)
    bench.expectSend(publishPacket("t", [1], packetID: 1, duplicate: true))
  }

  @Test func losesNothingHoweverOftenTheConnectionBreaks() throws {
    var generator = SplitMix64(seed: 6)
    let bench = Bench()
    var accepted: [UInt16: UInt8] = [:]
    var delivered: Set<UInt8> = []
    var count: UInt8 = 0
    for _ in 0..<400 {
      bench.connect(sessionPresent: true)
      if count < 200, (try? bench.publish("t", [count])) != nil { count += 1 }
      let sent = bench.takeBytes(upTo: Int.random(in: 0...40, using: &generator))
      // Each packet is 8 bytes; the server acknowledges some of those that came whole.
      for start in stride(from: 0, through: sent.count - 8, by: 8) {
        let packetID = UInt16(sent[start + 5]) << 8 | UInt16(sent[start + 6])
        accepted[packetID] = sent[start + 7]
        guard Bool.random(using: &generator) else { continue }
        bench.receive(puback(packetID))
        #expect(bench.events() == [.acknowledged(packetID)])
        if let value = accepted[packetID] { delivered.insert(value) }
      }
      bench.client.connectionLost()
    }
    bench.connect(sessionPresent: true)
    let left = bench.takeBytes()
    for start in stride(from: 0, to: left.count, by: 8) { delivered.insert(left[start + 7]) }
    #expect(count > 100)
    #expect(delivered == Set(0..<count))
  }

  @Test func discardsTheSessionOnDemand() throws {
    let bench = Bench()
    try bench.publish("t")
    bench.client.discardSession()
    #expect(bench.isDrained)
    bench.connect()
    #expect(bench.isSilent)
  }

  @Test func forgetsWhatTheOldConnectionLeft() throws {
    let bench = Bench()
    bench.connect()
    try bench.subscribe("s")
    bench.receive(publishPacket("t", [], packetID: 5))
    #expect(bench.nextEvent() == .message("t", [], qos: 1))
    bench.receive([0x30, 9, 0])
    bench.client.connectionLost()
    #expect(bench.isDrained)
    #expect(bench.events() == [])
    bench.connect()
    bench.expectSend([])
  }
}
