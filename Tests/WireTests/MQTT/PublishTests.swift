import Bytes
import Jitter
import Testing
import Wire

@Suite struct PublishTests {
  /// The variable header of figure 3.11 in the standard, with a payload.
  static let example: [UInt8] = packet(0x3B, counted("a/b") + [0x00, 0x0A] + Array("hi".utf8))

  @Test func readsTheExample() throws {
    guard case .header(let header) = MQTT.FixedHeader.parse(Self.example.span) else {
      Issue.record("no header")
      return
    }
    let publish = try MQTT.Publish.parse(
      Self.example.span.extracting(droppingFirst: 2), header: header)
    #expect(text(publish.topic) == "a/b")
    #expect(text(publish.payload) == "hi")
    #expect(publish.quality == .atLeastOnce)
    #expect(publish.packetID?.rawValue == 10)
    #expect(publish.retain == true)
    #expect(publish.duplicate == true)
  }

  @Test func roundTripsWhateverItIsMadeOf() throws {
    var generator = SplitMix64(seed: 3)
    for round in 0..<500 {
      let topic = generator.text()
      // Some around the lengths at which the fixed header grows.
      let payload = generator.bytes(upTo: [0, 120, 130, 17_000][round % 4])
      let quality = try #require(
        MQTT.QualityOfService(rawValue: UInt8.random(in: 0...2, using: &generator)))
      let hasID = quality != .atMostOnce
      let publish = MQTT.Publish(
        topic: topic.span, payload: payload.span, quality: quality,
        packetID: hasID ? MQTT.PacketID(.random(in: 1 ... .max, using: &generator)) : nil,
        retain: Bool.random(using: &generator),
        duplicate: hasID && Bool.random(using: &generator))
      var space = [UInt8](repeating: 0, count: 20_000)
      var writer = ByteWriter(space.mutableSpan)
      try publish.emit(to: &writer)
      let count = writer.count
      #expect(
        count
          == MQTT.Publish.byteCount(
            topicByteCount: topic.count, payloadByteCount: payload.count, quality: quality))
      let bytes = Array(space.prefix(count))
      #expect(try rewritten(bytes) == bytes)
    }
  }

  @Test(
    arguments: [
      (0x30, [], .truncated), (0x30, [0], .truncated),
      // CVE-2019-17210 and MQTT-C 158, 203, 204, 206: a topic longer than the packet.
      (0x30, [0, 1], .truncated), (0x30, [0xFF, 0xFF, 0x61], .truncated),
      (0x32, [0, 1, 0x61], .truncated), (0x32, [0, 1, 0x61, 0], .truncated),
      (0x32, [0, 1, 0x61, 0, 0], .packetID), (0x30, [0, 0], .topicName),
      (0x30, counted("a/+"), .topicName), (0x30, counted("#"), .topicName),
      (0x30, [0, 1, 0x00], .text), (0x30, [0, 2, 0xC3, 0x28], .text),
      (0x36, counted("a"), .flags), (0x38, counted("a"), .flags),
    ] as [(UInt8, [UInt8], MQTT.Malformed)])
  func refusesWhatTheStandardForbids(firstByte: UInt8, body: [UInt8], reason: MQTT.Malformed) {
    #expect(refusal(of: packet(firstByte, body)) == .malformed(reason))
  }

  @Test func trapsOnFieldsThatContradictEachOther() async {
    await #expect(processExitsWith: .failure) {
      let topic: [UInt8] = [0x61]
      _ = MQTT.Publish(
        topic: topic.span, payload: topic.span, quality: .atMostOnce, packetID: .first)
    }
    await #expect(processExitsWith: .failure) {
      let topic: [UInt8] = [0x23]
      _ = MQTT.Publish(topic: topic.span, payload: topic.span, quality: .atMostOnce, packetID: nil)
    }
  }
}
