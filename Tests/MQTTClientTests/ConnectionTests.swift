import Bytes
import MQTTClient
import Testing
import Units
import Wire

@Suite struct ConnectionTests {
  @Test func opensASession() throws {
    let bench = Bench()
    #expect(bench.client.step() == .idle)
    bench.startConnect(keepAlive: 300)
    #expect(bench.client.step() == .transmit)
    bench.expectSend(packet(0x10, counted("MQTT") + [4, 0, 1, 44] + counted("dev")))
    #expect(bench.client.step() == .receive)
    #expect(!bench.isConnected)
    bench.receive([0x20, 2, 1, 0])
    #expect(bench.client.step() == .event)
    #expect(bench.events() == [.connected(sessionPresent: true)])
    #expect(bench.isConnected)
    #expect(bench.client.step() == .receive)
    #expect(bench.isDrained)
  }

  @Test func sendsCredentialsAndAWill() throws {
    let bench = Bench()
    let (name, token) = (Array("unused".utf8), [UInt8](repeating: 0x2E, count: 640))
    let (topic, payload) = (Array("state".utf8), Array("gone".utf8))
    let clientID = [UInt8](repeating: 0x63, count: 192)
    try bench.client.connect(
      MQTT.Connect(
        clientID: clientID.span, userName: name.span, password: token.span, keepAliveSeconds: 60,
        cleanSession: true,
        will: MQTT.Will(topic: topic.span, payload: payload.span, quality: .atLeastOnce)),
      now: bench.instant)
    var body = counted("MQTT") + [4, 0b1100_1110, 0, 60, 0, 192]
    body += clientID + counted("state") + counted("gone") + counted("unused") + [2, 128] + token
    bench.expectSend(packet(0x10, body))
  }

  @Test func refusesAConnectThatDoesNotFit() {
    let bench = Bench()
    let (clientID, token) = (Array("dev".utf8), [UInt8](repeating: 0x2E, count: 1_152))
    #expect(throws: ConnectFailure.tooLarge) {
      try bench.client.connect(
        MQTT.Connect(
          clientID: clientID.span, userName: clientID.span, password: token.span,
          keepAliveSeconds: 60, cleanSession: true), now: bench.instant)
    }
    #expect(bench.client.step() == .idle)
    #expect(bench.isSilent)
    bench.connect()
  }

  @Test(arguments: 1...5)
  func reportsARefusal(_ code: Int) throws {
    let bench = Bench()
    bench.startConnect()
    _ = bench.takeBytes()
    bench.receive([0x20, 2, 0, UInt8(code)])
    let returnCode = try #require(MQTT.ConnectReturnCode(rawValue: UInt8(code)))
    #expect(bench.events() == [.refused(returnCode)])
    #expect(bench.client.step() == .close)
    #expect(bench.client.deadline == .never)
    bench.client.connectionLost()
    #expect(bench.client.step() == .idle)
    bench.connect()
  }

  @Test func refusesAnOldSessionAfterAskingForACleanOne() {
    let bench = Bench()
    bench.startConnect(clean: true)
    _ = bench.takeBytes()
    bench.receive([0x20, 2, 1, 0])
    #expect(bench.events() == [.failed(.protocolViolation(.unexpectedSession))])
  }

  @Test func waitsForConnackNoLongerThanTwentySeconds() {
    let bench = Bench()
    bench.startConnect()
    _ = bench.takeBytes()
    #expect(bench.client.deadline == Instant(milliseconds: bench.now + 20_000))
    bench.wait(milliseconds: 19_999)
    #expect(bench.events() == [])
    bench.wait(milliseconds: 1)
    #expect(bench.client.step() == .event)
    #expect(bench.events() == [.failed(.connackTimeout)])
    #expect(bench.client.step() == .close)
    #expect(bench.client.deadline == .never)
  }

  @Test func readsAConnackThatWaitedInTheTransport() {
    let bench = Bench()
    bench.startConnect()
    _ = bench.takeBytes()
    bench.wait(milliseconds: 30_000, reading: false)
    bench.receive([0x20, 2, 0, 0])
    bench.receiveNothing()
    #expect(bench.events() == [.connected(sessionPresent: false)])
    bench.receiveNothing()
    #expect(bench.events() == [])
  }

  @Test(arguments: [
    publishPacket("t", []), puback(1), [0x90, 3, 0, 1, 0], [0xB0, 2, 0, 1], [0xD0, 0],
  ])
  func refusesOtherPacketsBeforeConnack(_ bytes: [UInt8]) throws {
    let bench = Bench()
    bench.startConnect()
    _ = bench.takeBytes()
    bench.receive(bytes)
    let type = try #require(MQTT.PacketType(rawValue: bytes[0] >> 4))
    #expect(bench.events() == [.failed(.protocolViolation(.unexpectedPacket(type)))])
  }

  @Test func disconnectsBehindEverythingQueued() throws {
    let bench = Bench()
    bench.connect()
    try bench.publish("a", [1], qos: 0)
    try bench.publish("b", [2])
    try bench.subscribe("s")
    bench.client.disconnect()
    #expect(!bench.isConnected)
    #expect(throws: PublishFailure.notConnected) { try bench.publish("c", qos: 0) }
    #expect(bench.client.step() == .transmit)
    bench.expectSend(
      packet(0x82, [0x80, 0] + counted("s") + [1]) + publishPacket("a", [1])
        + publishPacket("b", [2], packetID: 1) + [0xE0, 0])
    #expect(bench.client.step() == .close)
    bench.client.connectionLost()
    #expect(bench.client.unacknowledgedCount == 1)
  }

  @Test func acknowledgesAMessageInHandBeforeItDisconnects() {
    let bench = Bench()
    bench.connect()
    bench.receive(publishPacket("t", [], packetID: 7))
    #expect(bench.nextEvent() == .message("t", [], qos: 1))
    bench.client.disconnect()
    #expect(bench.isSilent)
    #expect(bench.nextEvent() == nil)
    bench.expectSend(puback(7) + [0xE0, 0])
    #expect(bench.client.step() == .close)
  }

  @Test func disconnectsAtOnceWhatIsNotOpen() {
    let bench = Bench()
    bench.client.disconnect()
    #expect(bench.client.step() == .idle)
    bench.startConnect()
    bench.client.disconnect()
    #expect(bench.client.step() == .close)
    bench.client.disconnect()
    #expect(bench.client.step() == .close)
    bench.client.connectionLost()
    #expect(bench.client.step() == .idle)
  }

  @Test func takesNothingInAfterDisconnect() {
    let bench = Bench()
    bench.connect()
    bench.client.disconnect()
    #expect(bench.receive([0xD0, 0]) == [0xD0, 0])
    #expect(bench.events() == [])
    bench.expectSend([0xE0, 0])
    #expect(bench.client.step() == .close)
  }

  @Test func staysFailedUntilTheConnectionIsGone() throws {
    let bench = Bench()
    bench.connect()
    bench.receive([0x00, 0x00])
    #expect(bench.events() == [.failed(.malformed(.packetType))])
    #expect(bench.events() == [])
    bench.client.disconnect()
    bench.client.expired(now: bench.instant)
    bench.receiveNothing()
    #expect(bench.client.step() == .close)
    #expect(bench.isSilent)
    #expect(bench.receive([0xD0, 0]).count == 2)
    #expect(throws: SubscribeFailure.notConnected) { try bench.subscribe("a") }
    #expect(try bench.publish("a") == 1)
    bench.connect()
    bench.expectSend(publishPacket("a", [], packetID: 1))
  }
}
