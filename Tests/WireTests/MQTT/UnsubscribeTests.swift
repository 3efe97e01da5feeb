import Bytes
import Jitter
import Testing
import Wire

@Suite struct UnsubscribeTests {
  /// The example of section 3.10.3 in the standard, under identifier 10.
  static let example: [UInt8] = packet(0xA2, [0x00, 0x0A] + counted("a/b") + counted("c/d"))

  @Test func readsTheExample() throws {
    let unsubscribe = try MQTT.Unsubscribe.parse(Self.example.span.extracting(droppingFirst: 2))
    #expect(unsubscribe.packetID.rawValue == 10)
    var filters = unsubscribe.filters
    var texts: [[UInt8]] = []
    while let filter = filters.next() { texts.append(filter.indices.map { filter[$0] }) }
    #expect(texts == [Array("a/b".utf8), Array("c/d".utf8)])
  }

  @Test func roundTripsListsOfAnyLength() throws {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<300 {
      var body: [UInt8] = [0x01, 0x02]
      for _ in 0..<Int.random(in: 1...5, using: &generator) {
        let filter = generator.text()
        body += [0, UInt8(filter.count)] + filter
      }
      let bytes = packet(0xA2, body)
      #expect(try rewritten(bytes) == bytes)
    }
  }

  @Test func writesOneFilterAsAListOfOne() throws {
    let filter = Array("a/b".utf8)
    let bytes = try written { (writer) throws(Overflow) in
      try MQTT.Unsubscribe.emit(filter.span, packetID: .first, to: &writer)
    }
    #expect(bytes == packet(0xA2, [0, 1] + counted("a/b")))
  }

  @Test func roundTripsTheAnswer() throws {
    let unsuback = MQTT.Unsuback(packetID: .first)
    let bytes = try written { (writer) throws(Overflow) in try unsuback.emit(to: &writer) }
    #expect(bytes == [0xB0, 2, 0, 1])
    #expect(try MQTT.Unsuback.parse(bytes.span.extracting(droppingFirst: 2)) == unsuback)
  }

  @Test(
    arguments: [
      ([], .truncated), ([0, 1], .empty), ([0, 0] + counted("a"), .packetID),
      ([0, 1, 0], .truncated), ([0, 1] + counted("a/#/b"), .topicFilter),
    ] as [([UInt8], MQTT.Malformed)])
  func refusesWhatTheStandardForbids(body: [UInt8], reason: MQTT.Malformed) {
    #expect(refusal(of: packet(0xA2, body)) == .malformed(reason))
  }
}
