import Bytes
import Jitter
import Testing
import Wire

@Suite struct ConnectTests {
  /// The variable header of figure 3.6 in the standard, with a payload.
  static let example: [UInt8] = packet(
    0x10,
    counted("MQTT") + [4, 0xCE, 0, 10] + counted("c1") + counted("w/t") + counted("bye")
      + counted("me") + counted("secret"))

  static let shortest: [UInt8] = packet(0x10, counted("MQTT") + [4, 0x02, 0, 0] + counted(""))

  @Test func readsTheExample() throws {
    let connect = try MQTT.Connect.parse(Self.example.span.extracting(droppingFirst: 2))
    #expect(text(connect.clientID) == "c1")
    #expect(connect.cleanSession == true)
    #expect(connect.keepAliveSeconds == 10)
    #expect((connect.will != nil) == true)
    if let will = connect.will {
      #expect(text(will.topic) == "w/t")
      #expect(text(will.payload) == "bye")
      #expect(will.quality == .atLeastOnce)
      #expect(will.retain == false)
    }
    if let userName = connect.userName { #expect(text(userName) == "me") }
    if let password = connect.password { #expect(text(password) == "secret") }
    #expect((connect.userName != nil && connect.password != nil) == true)
    #expect(connect.byteCount == Self.example.count)
  }

  @Test func readsTheShortest() throws {
    let connect = try MQTT.Connect.parse(Self.shortest.span.extracting(droppingFirst: 2))
    #expect(connect.clientID.isEmpty == true)
    #expect((connect.will == nil && connect.userName == nil && connect.password == nil) == true)
  }

  @Test func roundTripsWhateverItIsMadeOf() throws {
    var generator = SplitMix64(seed: 2)
    for _ in 0..<500 {
      let clientID = generator.text(from: 0)
      let userName = generator.text(from: 0)
      let password = generator.bytes(upTo: 300)
      let topic = generator.text()
      let payload = generator.bytes(upTo: 40)
      let fields = UInt8.random(in: 0..<8, using: &generator)
      let quality = try #require(
        MQTT.QualityOfService(rawValue: UInt8.random(in: 0...2, using: &generator)))
      let connect = MQTT.Connect(
        clientID: clientID.span, userName: fields & 1 != 0 ? userName.span : nil,
        password: fields & 3 == 3 ? password.span : nil,
        keepAliveSeconds: UInt16.random(in: .min ... .max, using: &generator),
        cleanSession: Bool.random(using: &generator),
        will: fields & 4 != 0
          ? MQTT.Will(
            topic: topic.span, payload: payload.span, quality: quality,
            retain: Bool.random(using: &generator)) : nil)
      var space = [UInt8](repeating: 0, count: 1_000)
      var writer = ByteWriter(space.mutableSpan)
      try connect.emit(to: &writer)
      let count = writer.count
      let bytes = Array(space.prefix(count))
      #expect(count == connect.byteCount)
      #expect(try rewritten(bytes) == bytes)
    }
  }

  @Test(
    arguments: [
      (counted("MQIsdp") + [3, 2, 0, 0] + counted("c"), .protocolName),
      (counted("MQTT") + [5, 2, 0, 0, 0] + counted("c"), .protocolLevel(5)),
      (counted("MQTT") + [3, 2, 0, 0] + counted("c"), .protocolLevel(3)),
      (counted("MQTT") + [4, 3, 0, 0] + counted("c"), .connectFlags),
      // A will's quality or retention without a will; a password without a user name.
      (counted("MQTT") + [4, 0x0A, 0, 0] + counted("c"), .connectFlags),
      (counted("MQTT") + [4, 0x22, 0, 0] + counted("c"), .connectFlags),
      (counted("MQTT") + [4, 0x42, 0, 0] + counted("c") + counted("p"), .connectFlags),
      (counted("MQTT") + [4, 0x1E, 0, 0] + counted("c") + counted("t") + counted("m"), .quality),
      (counted("MQTT") + [4, 0x06, 0, 0] + counted("c") + counted("+") + counted("m"), .topicName),
      (counted("MQTT") + [4, 2, 0, 0] + counted("c\0"), .text),
      (counted("MQTT") + [4, 2, 0, 0, 0, 2, 0xC0, 0x80], .text),
      (counted("MQTT") + [4, 2, 0, 0, 0, 3, 0xED, 0xA0, 0x80], .text),
      (counted("MQTT") + [4, 2, 0, 0] + counted("c") + [0], .trailingBytes),
      (counted("MQTT") + [4, 2, 0, 0, 0xFF, 0xFF, 0x63], .truncated),
    ] as [([UInt8], MQTT.Malformed)])
  func refusesWhatTheStandardForbids(body: [UInt8], reason: MQTT.Malformed) {
    #expect(refusal(of: packet(0x10, body)) == .malformed(reason))
  }

  @Test func trapsOnAPasswordAlone() async {
    await #expect(processExitsWith: .failure) {
      let text: [UInt8] = [0x61]
      _ = MQTT.Connect(
        clientID: text.span, password: text.span, keepAliveSeconds: 0, cleanSession: true)
    }
  }
}
