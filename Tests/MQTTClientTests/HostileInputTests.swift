import Jitter
import MQTTClient
import Testing
import Units
import Wire

/// Bytes that no server should send, whole and in pieces of every kind.
@Suite struct HostileInputTests {
  /// A connected session that has sent message 1 and the first SUBSCRIBE.
  static func session() throws -> Bench {
    let bench = Bench()
    bench.connect()
    try bench.publish("t")
    try bench.subscribe("s")
    _ = bench.takeBytes()
    return bench
  }

  @Test func understandsEveryPacketHoweverItIsSplit() throws {
    let bytes =
      puback(1) + [0x90, 3, 0x80, 0, 1] + publishPacket("a", [1]) + [0xD0, 0]
      + publishPacket("b", [], packetID: 3) + [0xD0, 0x80, 0x00] + publishPacket("c", [2])
    let expected: [Seen] = [
      .acknowledged(1), .subscribed(0x8000, qos: 1), .message("a", [1], qos: 0),
      .message("b", [], qos: 1), .message("c", [2], qos: 0),
    ]
    for first in 0...bytes.count {
      for second in first...bytes.count {
        let bench = try Self.session()
        var seen: [Seen] = []
        for piece in [bytes[..<first], bytes[first..<second], bytes[second...]] {
          bench.receive(Array(piece))
          seen += bench.events()
        }
        if seen != expected { Issue.record("split at \(first) and \(second): \(seen)") }
      }
    }
  }

  static let malformed: [([UInt8], MQTTFailure)] = [
    ([0x00], .malformed(.packetType)), ([0xF0], .malformed(.packetType)),
    // CVE-2020-10062: a fifth byte of length. CVE-2019-19307: a length that never ends.
    ([0x30, 0x80, 0x80, 0x80, 0x80], .malformed(.remainingLength)),
    ([0xD0, 0xFF, 0xFF, 0xFF, 0xFF], .malformed(.remainingLength)),
    // CVE-2020-10071 and 10070: a PUBLISH whose fields do not fit its length.
    ([0x30, 0], .malformed(.truncated)), ([0x30, 1, 0], .malformed(.truncated)),
    ([0x32, 3, 0, 1, 0x61], .malformed(.truncated)),
    ([0x32, 4, 0, 1, 0x61, 0], .malformed(.truncated)),
    // CVE-2019-17210; MQTT-C 158, 203, 204, 206: a topic longer than the packet.
    ([0x30, 3, 0, 2, 0x61], .malformed(.truncated)),
    ([0x30, 5, 0xFF, 0xFF, 0x61, 0x62, 0x63], .malformed(.truncated)),
    ([0x32, 5, 0, 4, 0x61, 0x62, 0x63], .malformed(.truncated)),
    ([0x32, 5, 0, 1, 0x61, 0, 0], .malformed(.packetID)),
    ([0x30, 3, 0, 1, 0x23], .malformed(.topicName)), ([0x30, 2, 0, 0], .malformed(.topicName)),
    ([0x30, 3, 0, 1, 0x80], .malformed(.text)), ([0x36], .malformed(.flags)),
    // CVE-2024-10525: an answer without a code.
    ([0x90, 2, 0, 2], .malformed(.empty)), ([0x90, 0], .malformed(.truncated)),
    ([0x90, 1, 0], .malformed(.truncated)),
    // wolfMQTT, CVE-2021-45934 and 45937: short acknowledgements.
    ([0x40, 0], .malformed(.truncated)), ([0x40, 1, 0], .malformed(.truncated)),
    ([0x40, 3, 0, 1, 0], .malformed(.trailingBytes)), ([0x40, 2, 0, 0], .malformed(.packetID)),
    ([0xB0, 1, 0], .malformed(.truncated)), ([0xD0, 1, 0], .malformed(.trailingBytes)),
    ([0x41], .malformed(.flags)), ([0xD1], .malformed(.flags)),
    // Packets that may not come.
    ([0x20], .protocolViolation(.unexpectedPacket(.connack))),
    ([0x34], .protocolViolation(.unexpectedQuality)),
    ([0x50], .protocolViolation(.unexpectedPacket(.pubrec))),
    ([0x62], .protocolViolation(.unexpectedPacket(.pubrel))),
    ([0x70], .protocolViolation(.unexpectedPacket(.pubcomp))),
    ([0x10], .protocolViolation(.unexpectedPacket(.connect))),
    ([0x82], .protocolViolation(.unexpectedPacket(.subscribe))),
    ([0xA2], .protocolViolation(.unexpectedPacket(.unsubscribe))),
    ([0xC0], .protocolViolation(.unexpectedPacket(.pingreq))),
    ([0xE0], .protocolViolation(.unexpectedPacket(.disconnect))),
  ]

  /// contiki-ng 3217: the guard said no, but the state was kept, and the next segment overflowed.
  @Test(arguments: malformed)
  func refusesHoweverItIsSplitAndTakesNothingAfterwards(
    bytes: [UInt8], failure: MQTTFailure
  ) throws {
    // A packet type or a violation shows in the first byte; only the length has to follow it.
    let whole = bytes.count == 1 ? bytes + [2, 0, 1] : bytes
    for split in 0...whole.count {
      let bench = try Self.session()
      bench.receive(Array(whole[..<split]))
      var seen = bench.events()
      bench.receive(Array(whole[split...]))
      seen += bench.events()
      #expect(seen == [.failed(failure)])
      #expect(bench.client.step() == .close)
      let more = [UInt8](repeating: 0x30, count: 2_000)
      #expect(bench.receive(more).count == more.count)
      #expect(bench.events() == [])
      bench.client.connectionLost()
      bench.connect(sessionPresent: true)
      bench.expectSend(publishPacket("t", [], packetID: 1, duplicate: true))
    }
  }

  /// Whatever comes, the session neither traps nor stops consuming, and can connect again.
  @Test(arguments: 1...40)
  func survivesRandomBytes(_ seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    for _ in 0..<50 {
      let bench = try Self.session()
      for _ in 0..<40 where bench.client.step() != .close {
        let bytes = Self.noise(&generator)
        _ = bench.stream(bytes, inPiecesOf: Int.random(in: 1...600, using: &generator))
        if Bool.random(using: &generator) { _ = bench.takeBytes(upTo: 50) }
        bench.now += UInt64.random(in: 0...30_000, using: &generator)
        bench.client.expired(now: bench.instant)
        _ = try? bench.publish("r", [1], qos: UInt8.random(in: 0...1, using: &generator))
      }
      bench.client.connectionLost()
      bench.connect(sessionPresent: true)
      #expect(bench.isConnected)
    }
  }

  /// Packets that are almost right go deeper than arbitrary bytes do.
  private static func noise(_ generator: inout SplitMix64) -> [UInt8] {
    let templates = [
      puback(1), puback(7), [0x90, 3, 0x80, 0, 1], [0xB0, 2, 0, 2], [0xD0, 0],
      publishPacket("topic", [1, 2, 3]), publishPacket("t", [1], packetID: 4),
      publishPacket("t", [UInt8](repeating: 5, count: 1_500), packetID: 4),
    ]
    var bytes = templates[Int.random(in: templates.indices, using: &generator)]
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      let index = Int.random(in: bytes.indices, using: &generator)
      bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
    case 1:
      bytes = (0..<20).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    default: break
    }
    return bytes
  }
}
