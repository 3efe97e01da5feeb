import MQTTClient
import Testing
import Units
import Wire

@Suite struct ReceivingTests {
  @Test func handsMessagesOut() {
    let bench = Bench()
    bench.connect()
    bench.receive(
      publishPacket("a", [1, 2]) + publishPacket("é/b", [], retain: true)
        + publishPacket("c", [3], packetID: 9, duplicate: true))
    #expect(
      bench.events() == [
        .message("a", [1, 2], qos: 0), .message("é/b", [], qos: 0, retain: true),
        .message("c", [3], qos: 1, duplicate: true),
      ])
    #expect(bench.client.counters.messagesReceived == 3)
    #expect(bench.client.counters.duplicatesReceived == 1)
  }

  @Test func acknowledgesOnceTheMessageWasHandled() {
    let bench = Bench()
    bench.connect()
    bench.receive(publishPacket("t", [1], packetID: 0xABCD))
    #expect(bench.nextEvent() == .message("t", [1], qos: 1))
    #expect(bench.isSilent)
    #expect(!bench.isDrained)
    #expect(bench.nextEvent() == nil)
    bench.expectSend(puback(0xABCD))
    #expect(bench.isDrained)
  }

  @Test func doesNotAcknowledgeWhatWasNotHandled() {
    let bench = Bench()
    bench.connect()
    bench.receive(publishPacket("t", [1], packetID: 1))
    #expect(bench.nextEvent() == .message("t", [1], qos: 1))
    bench.connect(sessionPresent: true)
    bench.expectSend([])
  }

  @Test func doesNotAcknowledgeOnAConnectionThatFailed() throws {
    let bench = Bench()
    bench.connect(keepAlive: 0)
    try bench.publish("p")
    _ = bench.takeBytes()
    bench.receive(publishPacket("t", [1], packetID: 1) + [0x00])
    #expect(bench.nextEvent() == .message("t", [1], qos: 1))
    #expect(bench.nextEvent() == .failed(.malformed(.packetType)))
    #expect(bench.nextEvent() == nil)
    bench.expectSend([])
  }

  @Test func needsNoRoomForMessagesThatAreNotAcknowledged() throws {
    let bench = Bench()
    bench.connect()
    try bench.subscribe(String(repeating: "x", count: 1_100))
    while (try? bench.subscribe("y")) != nil {}
    let message = publishPacket("t", [], packetID: 1)
    bench.receive(message + message + publishPacket("u", []) + message)
    #expect(
      bench.events() == [
        .message("t", [], qos: 1), .message("t", [], qos: 1), .message("u", [], qos: 0),
      ])
    let large = publishPacket("t", [UInt8](repeating: 0, count: 1_500))
    _ = bench.takeBytes()
    #expect(bench.events() == [.message("t", [], qos: 1)])
    #expect(bench.stream(large, inPiecesOf: 500) == [.oversized(large.count)])
  }

  @Test func acknowledgesInTheOrderOfArrival() {
    let bench = Bench()
    bench.connect()
    bench.receive((1...20).flatMap { publishPacket("t", [], packetID: $0) })
    #expect(bench.events().count == 20)
    bench.expectSend((1...20).flatMap { puback($0) })
  }

  @Test func handsNothingOutThatItCouldNotAcknowledge() throws {
    let bench = Bench()
    bench.connect()
    // The application fills the outbox up to its reserve, and the server sends message on message.
    try bench.subscribe(String(repeating: "x", count: 1_100))
    while (try? bench.subscribe("yyyyyyy")) != nil {}
    var rest: [UInt8] = []
    var seen: [Seen] = []
    for number in UInt16(1)...400 {
      rest = bench.receive(rest + publishPacket("topic", [], packetID: number))
      seen += bench.events()
    }
    #expect(seen.count < 10)
    #expect(bench.client.step() == .transmit)
    // Once the server reads again, everything comes.
    for _ in 0..<400 where seen.count < 400 {
      _ = bench.takeBytes()
      rest = bench.receive(rest)
      seen += bench.events()
    }
    #expect(seen.count == 400)
    #expect(bench.isConnected)
  }

  @Test func stillPingsAndDisconnectsBehindAFullOutbox() throws {
    let bench = Bench()
    bench.connect(keepAlive: 10)
    try bench.subscribe(String(repeating: "x", count: 1_100))
    while (try? bench.subscribe("yyyyyyy")) != nil {}
    bench.receive(publishPacket("t", [], packetID: 1) + publishPacket("t", [], packetID: 2))
    _ = bench.events()
    bench.wait(milliseconds: 10_000)
    _ = bench.events()
    bench.client.disconnect()
    let bytes = bench.takeBytes()
    #expect(Array(bytes.suffix(2)) == [0xE0, 0])
  }

  @Test func wantsEventsTakenBeforeItGoesOn() {
    let bench = Bench()
    bench.connect()
    bench.receive([0xD0])
    #expect(bench.client.step() == .event)
    #expect(bench.events() == [])
    #expect(bench.client.step() == .receive)
    bench.receive([0])
    #expect(bench.client.step() == .event)
    #expect(bench.events() == [])
    #expect(bench.client.step() == .receive)
  }
}
