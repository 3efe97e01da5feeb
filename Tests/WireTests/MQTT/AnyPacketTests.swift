import Bytes
import Testing
import Wire

/// Properties that every packet has, checked on one small example or more of each type.
@Suite struct AnyPacketTests {
  static let examples: [[UInt8]] = [
    ConnectTests.example, ConnectTests.shortest, packet(0x20, [0x01, 0x00]),
    packet(0x20, [0x00, 0x05]), PublishTests.example, packet(0x30, counted("t")),
    packet(0x40, [0x12, 0x34]), packet(0x50, [0x12, 0x34]), packet(0x62, [0x12, 0x34]),
    packet(0x70, [0x12, 0x34]), SubscribeTests.example, SubscribeTests.answer,
    UnsubscribeTests.example, packet(0xB0, [0x12, 0x34]), [0xC0, 0], [0xD0, 0], [0xE0, 0],
  ]

  @Test(arguments: examples)
  func isReadAndWrittenUnchanged(_ example: [UInt8]) throws {
    #expect(try rewritten(example) == example)
  }

  @Test(arguments: examples)
  func isIncompleteWhereverTheStreamStops(_ example: [UInt8]) {
    for count in 0..<example.count {
      #expect(refusal(of: Array(example.prefix(count))) == .incomplete)
    }
  }

  @Test(arguments: examples)
  func isNeverTakenForAnotherWhenItsEndIsMissing(_ example: [UInt8]) throws {
    for count in 2..<example.count {
      let shortened = packet(example[0], Array(example[2..<count]))
      // A list or a payload may end earlier; then it is that shorter packet, exactly.
      if refusal(of: shortened) == nil { #expect(try rewritten(shortened) == shortened) }
    }
  }

  @Test(arguments: examples)
  func isNeverTakenForAnotherWhenOneByteIsDamaged(_ example: [UInt8]) throws {
    for damaged in corruptions(of: example) where refusal(of: damaged) == nil {
      guard case .header(let header) = MQTT.FixedHeader.parse(damaged.span) else { continue }
      // Where the damaged byte is the length, what follows the packet is not part of it, and the
      // length may be filled up.
      let body = Array(damaged[header.byteCount..<header.packetByteCount])
      if try rewritten(damaged) != packet(damaged[0], body) { Issue.record("\(damaged)") }
    }
  }

  @Test(arguments: examples)
  func isWrittenWholeOrNotAtAll(_ example: [UInt8]) throws {
    guard case .header(let header) = MQTT.FixedHeader.parse(example.span) else { return }
    guard header.type == .publish else { return }
    for capacity in 0..<example.count {
      var space = [UInt8](repeating: 0xEE, count: capacity)
      var writer = ByteWriter(space.mutableSpan)
      let body = example.span.extracting(droppingFirst: header.byteCount)
      let publish = try MQTT.Publish.parse(body, header: header)
      #expect(throws: Overflow()) { try publish.emit(to: &writer) }
      #expect(writer.count == 0)
    }
  }

  @Test func refusesTypesThatDoNotExist() {
    #expect(refusal(of: [0x00]) == .malformed(.packetType))
    #expect(refusal(of: [0xF0]) == .malformed(.packetType))
  }

  @Test(arguments: [0x10, 0x20, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90, 0xA0, 0xB0, 0xC0, 0xD0, 0xE0])
  func refusesReservedFlags(_ type: Int) {
    let expected = [0x60, 0x80, 0xA0].contains(type) ? 0b0010 : 0
    for flags in 0..<16 where flags != expected {
      #expect(refusal(of: [UInt8(type | flags)]) == .malformed(.flags))
    }
  }

  @Test(arguments: [0x40, 0x50, 0x62, 0x70, 0xB0] as [UInt8])
  func refusesBodiesOfFixedLengthWithAnother(_ firstByte: UInt8) {
    #expect(refusal(of: packet(firstByte, [])) == .malformed(.truncated))
    #expect(refusal(of: packet(firstByte, [1])) == .malformed(.truncated))
    #expect(refusal(of: packet(firstByte, [0, 0])) == .malformed(.packetID))
    #expect(refusal(of: packet(firstByte, [0, 1, 0])) == .malformed(.trailingBytes))
  }

  @Test(arguments: [0xC0, 0xD0, 0xE0] as [UInt8])
  func refusesBodiesWhereThereIsNone(_ firstByte: UInt8) {
    #expect(refusal(of: packet(firstByte, [0])) == .malformed(.trailingBytes))
  }
}
