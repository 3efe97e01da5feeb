import Bytes
import Jitter
import Testing
import Wire

@Suite struct SubscribeTests {
  /// The example of section 3.8.3.1 in the standard, under identifier 10.
  static let example: [UInt8] = packet(
    0x82, [0x00, 0x0A] + counted("a/b") + [0x01] + counted("c/d") + [0x02])

  /// The answer of figure 3.27: QoS 0, QoS 2, refused.
  static let answer: [UInt8] = packet(0x90, [0x00, 0x0A, 0x00, 0x02, 0x80])

  @Test func readsTheExample() throws {
    let subscribe = try MQTT.Subscribe.parse(Self.example.span.extracting(droppingFirst: 2))
    #expect(subscribe.packetID.rawValue == 10)
    var subscriptions = subscribe.subscriptions
    var filters: [[UInt8]] = []
    var qualities: [MQTT.QualityOfService] = []
    while let subscription = subscriptions.next() {
      filters.append(subscription.filter.indices.map { subscription.filter[$0] })
      qualities.append(subscription.quality)
    }
    #expect(filters == [Array("a/b".utf8), Array("c/d".utf8)])
    #expect(qualities == [.atLeastOnce, .exactlyOnce])
  }

  @Test func readsTheAnswer() throws {
    let suback = try MQTT.Suback.parse(Self.answer.span.extracting(droppingFirst: 2))
    #expect(suback.packetID.rawValue == 10)
    #expect(suback.codes.count == 3)
    #expect(suback.code(at: 0) == .granted(.atMostOnce))
    #expect(suback.code(at: 1) == .granted(.exactlyOnce))
    #expect(suback.code(at: 2) == .refused)
  }

  @Test func codesAreTheNumbersOfTheStandard() {
    for number in UInt8.min ... .max {
      let code = MQTT.SubscribeReturnCode(rawValue: number)
      #expect(code?.rawValue == ([0, 1, 2, 0x80].contains(number) ? number : nil))
    }
  }

  @Test func roundTripsListsOfAnyLength() throws {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<300 {
      var body: [UInt8] = [0x01, 0x02]
      for _ in 0..<Int.random(in: 1...5, using: &generator) {
        let filter = generator.text()
        body += [0, UInt8(filter.count)] + filter + [UInt8.random(in: 0...2, using: &generator)]
      }
      let bytes = packet(0x82, body)
      #expect(try rewritten(bytes) == bytes)
    }
  }

  @Test func writesOneFilterAsAListOfOne() throws {
    let filter = Array("a/+/#".utf8)
    var space = [UInt8](repeating: 0, count: 12)
    var writer = ByteWriter(space.mutableSpan)
    let subscription = MQTT.Subscription(filter: filter.span, quality: .atLeastOnce)
    try MQTT.Subscribe.emit(subscription, packetID: .first, to: &writer)
    #expect(writer.count == 12)
    #expect(space == packet(0x82, [0, 1] + counted("a/+/#") + [1]))
  }

  @Test(
    arguments: [
      ([], .truncated), ([0, 1], .empty), ([0, 0] + counted("a") + [0], .packetID),
      ([0, 1] + counted("a"), .truncated), ([0, 1] + counted("a") + [3], .quality),
      ([0, 1] + counted("a") + [0x80], .quality), ([0, 1] + counted("") + [0], .topicFilter),
      ([0, 1] + counted("a#") + [0], .topicFilter), ([0, 1] + counted("a") + [0, 0], .truncated),
      ([0, 1] + counted("a\0") + [0], .text), ([0, 1, 0xFF, 0xFF, 0x61, 0], .truncated),
    ] as [([UInt8], MQTT.Malformed)])
  func refusesWhatTheStandardForbids(body: [UInt8], reason: MQTT.Malformed) {
    #expect(refusal(of: packet(0x82, body)) == .malformed(reason))
  }

  /// CVE-2024-10525: an answer without a code.
  @Test(
    arguments: [
      ([0, 1], .empty), ([0], .truncated), ([0, 0, 0], .packetID), ([0, 1, 3], .returnCode),
      ([0, 1, 0, 0x81], .returnCode),
    ] as [([UInt8], MQTT.Malformed)])
  func refusesAnswersThatTheStandardForbids(body: [UInt8], reason: MQTT.Malformed) {
    #expect(refusal(of: packet(0x90, body)) == .malformed(reason))
  }

  @Test func trapsOnMisuse() async {
    await #expect(processExitsWith: .failure) {
      let codes: [UInt8] = []
      _ = MQTT.Suback(packetID: .first, codes: codes.span)
    }
    await #expect(processExitsWith: .failure) {
      let filter: [UInt8] = [0x23, 0x23]
      _ = MQTT.Subscription(filter: filter.span, quality: .atMostOnce)
    }
  }
}
