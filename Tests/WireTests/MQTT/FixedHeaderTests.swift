import Bytes
import Jitter
import Testing
import Wire

@Suite struct FixedHeaderTests {
  /// Table 2.4 of the standard: the first and last length of each size.
  @Test(
    arguments: [
      (0, [0x00]), (127, [0x7F]), (128, [0x80, 0x01]), (321, [0xC1, 0x02]), (16_383, [0xFF, 0x7F]),
      (16_384, [0x80, 0x80, 0x01]), (2_097_151, [0xFF, 0xFF, 0x7F]),
      (2_097_152, [0x80, 0x80, 0x80, 0x01]), (268_435_455, [0xFF, 0xFF, 0xFF, 0x7F]),
    ] as [(Int, [UInt8])])
  func encodesLengthsAsInTheStandard(length: Int, digits: [UInt8]) throws {
    let header = MQTT.FixedHeader(type: .publish, flags: 0, remainingLength: length)
    let bytes = try written { (writer) throws(Overflow) in try header.emit(to: &writer) }
    #expect(bytes == [0x30] + digits)
    #expect(header.byteCount == bytes.count)
    #expect(header.packetByteCount == bytes.count + length)
    #expect(MQTT.FixedHeader.parse(bytes.span) == .header(header))
    for count in 0..<bytes.count {
      #expect(MQTT.FixedHeader.parse(Array(bytes.prefix(count)).span) == .incomplete)
    }
  }

  @Test func roundTripsLengthsOfAllSizes() throws {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<2_000 {
      let length = Int.random(
        in: 0...(1 << Int.random(in: 1...28, using: &generator)) - 1, using: &generator)
      let header = MQTT.FixedHeader(type: .suback, flags: 0, remainingLength: length)
      let bytes = try written { (writer) throws(Overflow) in try header.emit(to: &writer) }
      #expect(MQTT.FixedHeader.parse(bytes.span) == .header(header))
    }
  }

  /// CVE-2020-10062: a decoder that looked at a fifth byte.
  @Test func refusesAFifthLengthByteBeforeItComes() {
    #expect(MQTT.FixedHeader.parse([0x30, 0x80, 0x80, 0x80].span) == .incomplete)
    #expect(
      MQTT.FixedHeader.parse([0x30, 0xFF, 0xFF, 0xFF, 0xFF].span) == .malformed(.remainingLength))
    #expect(
      MQTT.FixedHeader.parse([0x30, 0x80, 0x80, 0x80, 0x80, 0x01].span)
        == .malformed(.remainingLength))
  }

  @Test func acceptsALengthThatWasFilledUp() {
    guard case .header(let header) = MQTT.FixedHeader.parse([0xD0, 0x80, 0x80, 0x00].span) else {
      Issue.record("refused")
      return
    }
    #expect(header.remainingLength == 0)
    #expect(header.byteCount == 4)
  }

  @Test func knowsWhichFlagsAPublishMayCarry() {
    for flags in UInt8(0)..<16 {
      let isAllowed = flags & 0b0110 != 0b0110 && (flags & 0b0110 != 0 || flags & 0b1000 == 0)
      let reading = MQTT.FixedHeader.parse([0x30 | flags, 0].span)
      #expect((reading != .malformed(.flags)) == isAllowed)
    }
  }

  @Test func trapsOnALengthThatCannotBeEncoded() async {
    await #expect(processExitsWith: .failure) {
      _ = MQTT.FixedHeader(type: .publish, flags: 0, remainingLength: 268_435_456)
    }
    await #expect(processExitsWith: .failure) {
      _ = MQTT.FixedHeader(type: .connack, flags: 1, remainingLength: 2)
    }
  }
}
