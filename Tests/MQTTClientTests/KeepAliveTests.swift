import MQTTClient
import Testing
import Units
import Wire

@Suite struct KeepAliveTests {
  @Test func pingsWhenNothingWasSentForAlmostTheWholeTime() {
    let bench = Bench()
    bench.connect(keepAlive: 60)
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 55_000))
    bench.wait(milliseconds: 54_999)
    bench.expectSend([])
    bench.wait(milliseconds: 1)
    bench.expectSend([0xC0, 0])
    #expect(bench.client.counters.pingsSent == 1)
    bench.receive([0xD0, 0])
    #expect(bench.events() == [])
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 55_000))
  }

  @Test func pingsEarlierByAQuarterWhereTheTimeIsShort() {
    let bench = Bench()
    bench.connect(keepAlive: 4)
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 3_000))
  }

  @Test func countsFromTheLastPacketOfAnyKind() throws {
    let bench = Bench()
    bench.connect(keepAlive: 60)
    bench.wait(milliseconds: 50_000)
    try bench.publish("t", qos: 0)
    _ = bench.takeBytes()
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 55_000))
    // What arrives does not count: the server waits for us.
    bench.now += 1_000
    bench.receive(publishPacket("t", []))
    _ = bench.events()
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 54_000))
  }

  @Test func neverPingsWithoutKeepAlive() {
    let bench = Bench()
    bench.connect(keepAlive: 0)
    #expect(bench.client.deadline == .never)
    bench.wait(milliseconds: 1_000_000_000)
    bench.expectSend([])
    #expect(bench.events() == [])
  }

  @Test func givesUpWithoutAnAnswer() {
    let bench = Bench()
    bench.connect(keepAlive: 300)
    bench.wait(milliseconds: 295_000)
    bench.expectSend([0xC0, 0])
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 20_000))
    bench.wait(milliseconds: 19_999)
    #expect(bench.events() == [])
    bench.wait(milliseconds: 1)
    #expect(bench.events() == [.failed(.pingTimeout)])
  }

  /// Web3-Pi-UPS 15: the deadline ran from before the PINGREQ was written.
  @Test func startsTheDeadlineWhenThePingIsOut() {
    let bench = Bench()
    bench.connect(keepAlive: 60)
    bench.wait(milliseconds: 55_000)
    bench.wait(milliseconds: 15_000)
    #expect(bench.takeBytes(upTo: 1) == [0xC0])
    bench.wait(milliseconds: 15_000)
    bench.expectSend([0])
    bench.wait(milliseconds: 19_999)
    #expect(bench.events() == [])
    bench.wait(milliseconds: 1)
    #expect(bench.events() == [.failed(.pingTimeout)])
  }

  /// Web3-Pi-UPS 15: a PINGRESP that lay in the buffer was not read before giving up.
  @Test func readsAnAnswerThatWaitedInTheTransport() {
    let bench = Bench()
    bench.connect(keepAlive: 300)
    bench.wait(milliseconds: 295_000)
    bench.expectSend([0xC0, 0])
    bench.wait(milliseconds: 60_000, reading: false)
    bench.receive([0xD0, 0])
    bench.receiveNothing()
    #expect(bench.events() == [])
    bench.receiveNothing()
    #expect(bench.events() == [])
    #expect(bench.isConnected)
  }

  @Test func takesAnyByteForASignOfLife() {
    let bench = Bench()
    bench.connect(keepAlive: 300)
    bench.wait(milliseconds: 295_000)
    bench.expectSend([0xC0, 0])
    bench.now += 15_000
    bench.receive([0x30])
    #expect(bench.events() == [])
    bench.wait(milliseconds: 19_999)
    #expect(bench.events() == [])
    bench.wait(milliseconds: 1)
    #expect(bench.events() == [.failed(.pingTimeout)])
  }

  /// espMqttClient 30: the flag of the old connection was still set on the new one.
  @Test func forgetsThePingOfAnOldConnection() {
    let bench = Bench()
    bench.connect(keepAlive: 60)
    bench.wait(milliseconds: 55_000)
    bench.expectSend([0xC0, 0])
    bench.wait(milliseconds: 1_000)
    bench.connect(keepAlive: 60)
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 55_000))
    bench.wait(milliseconds: 30_000)
    #expect(bench.events() == [])
    bench.wait(milliseconds: 25_000)
    bench.expectSend([0xC0, 0])
  }

  @Test func forgetsThePingThatAnOldConnectionDidNotSend() {
    let bench = Bench()
    bench.connect(keepAlive: 60)
    bench.wait(milliseconds: 55_000)
    bench.connect(keepAlive: 60)
    bench.wait(milliseconds: 55_000)
    bench.expectSend([0xC0, 0])
  }

  @Test func queuesOnePingBehindAMessageThatTakesLong() throws {
    let bench = Bench()
    bench.connect(keepAlive: 60)
    try bench.publish("t", [1, 2, 3], qos: 0)
    let message = publishPacket("t", [1, 2, 3])
    for byte in message {
      #expect(bench.takeBytes(upTo: 1) == [byte])
      bench.wait(milliseconds: 55_000)
    }
    bench.expectSend([0xC0, 0])
  }

  @Test func queuesOnePingHoweverOftenItIsTold() {
    let bench = Bench()
    bench.connect(keepAlive: 60)
    for _ in 0..<50 { bench.wait(milliseconds: 60_000) }
    bench.expectSend([0xC0, 0])
  }

  @Test func ignoresAnAnswerWithoutAQuestion() {
    let bench = Bench()
    bench.connect()
    bench.receive([0xD0, 0, 0xD0, 0])
    #expect(bench.events() == [])
    #expect(bench.isConnected)
  }

  /// coreMQTT 288: times beyond 32 bits of milliseconds.
  @Test(arguments: [4_294_937_295, 9_223_372_036_854_745_807, .max - 30_000] as [UInt64])
  func worksAtEveryTime(_ start: UInt64) {
    let bench = Bench()
    bench.now = start
    bench.connect(keepAlive: 20)
    bench.wait(milliseconds: 14_999)
    bench.expectSend([])
    bench.wait(milliseconds: 1)
    bench.expectSend([0xC0, 0])
    bench.receive([0xD0, 0])
    #expect(bench.events() == [])
  }

  @Test func givesUpOnATransportThatTakesNothing() throws {
    let bench = Bench()
    bench.connect(keepAlive: 0)
    try bench.publish("t", [1, 2, 3])
    bench.client.sent(0, now: bench.instant)
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 30_000))
    bench.now += 29_999
    bench.client.sent(0, now: bench.instant)
    #expect(bench.takeBytes(upTo: 1).count == 1)
    bench.client.sent(0, now: bench.instant)
    bench.now += 29_999
    bench.client.sent(0, now: bench.instant)
    #expect(bench.events() == [])
    bench.now += 1
    bench.client.expired(now: bench.instant)
    #expect(bench.events() == [])
    bench.client.sent(0, now: bench.instant)
    #expect(bench.events() == [.failed(.transmitTimeout)])
  }
}
