import Bytes
import Testing
import Wire

@Suite struct SNTPPacketTests {
  /// An answer put together by hand from RFC 5905 figure 8, every field with a value of its own.
  static let bytes: [UInt8] = [
    0x5C, 0x02, 0x06, 0xEC, 0x00, 0x00, 0x80, 0x01, 0x00, 0x01, 0x00, 0x02, 0xC0, 0x00, 0x02, 0x01,
    0xE8, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x02, 0xE8, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x04,
    0xE8, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x06, 0xE8, 0x00, 0x00, 0x07, 0x00, 0x00, 0x00, 0x08,
  ]

  static func emitted(_ packet: SNTPPacket) throws -> [UInt8] {
    var bytes = FixedBytes<64>()
    var writer = ByteWriter(bytes.freeSpace)
    try packet.emit(to: &writer)
    let count = writer.count
    bytes.commit(count)
    var result: [UInt8] = []
    for index in bytes.span.indices { result.append(bytes.span[index]) }
    return result
  }

  @Test func everyFieldIsWhereTheStandardPutsIt() throws {
    let packet = try SNTPPacket.parse(Self.bytes.span)
    #expect(packet.leapIndicator == .insertion)
    #expect(packet.version == 3)
    #expect(packet.mode == .server)
    #expect(packet.stratum == 2)
    #expect(packet.poll == 6)
    #expect(packet.precision == -20)
    #expect(packet.rootDelay.bits == 0x8001)
    #expect(packet.rootDispersion.bits == 0x1_0002)
    #expect(packet.referenceIdentifier == 0xC000_0201)
    #expect(packet.reference.bits == 0xE800_0001_0000_0002)
    #expect(packet.originate.bits == 0xE800_0003_0000_0004)
    #expect(packet.receive.bits == 0xE800_0005_0000_0006)
    #expect(packet.transmit.bits == 0xE800_0007_0000_0008)
    #expect(try Self.emitted(packet) == Self.bytes)
  }

  @Test func everyFirstByteComesBack() throws {
    for first in UInt8.min...UInt8.max {
      var bytes = Self.bytes
      bytes[0] = first
      let packet = try SNTPPacket.parse(bytes.span)
      #expect(packet.mode.rawValue == first & 7)
      #expect(packet.version == first >> 3 & 7)
      #expect(packet.leapIndicator.rawValue == first >> 6)
      #expect(try Self.emitted(packet) == bytes)
    }
  }

  @Test func everyCorruptionOfOneByteChangesThePacket() throws {
    let sound = try SNTPPacket.parse(Self.bytes.span)
    for index in Self.bytes.indices {
      for bit in 0..<8 {
        var bytes = Self.bytes
        bytes[index] ^= 1 << bit
        let packet = try SNTPPacket.parse(bytes.span)
        #expect(packet != sound)
        #expect(try Self.emitted(packet) == bytes)
      }
    }
  }

  @Test func everyTruncationIsRefused() {
    for count in 0..<48 {
      #expect(throws: Truncated()) {
        _ = try SNTPPacket.parse(Self.bytes.span.extracting(first: count))
      }
    }
  }

  @Test func whatFollowsTheHeaderIsIgnored() throws {
    let long = Self.bytes + [UInt8](repeating: 0xAB, count: 20)
    #expect(try SNTPPacket.parse(long.span) == SNTPPacket.parse(Self.bytes.span))
  }

  @Test func aHeaderIsWrittenWholeOrNotAtAll() throws {
    let packet = try SNTPPacket.parse(Self.bytes.span)
    var space = [UInt8](repeating: 0, count: 47)
    var writer = ByteWriter(space.mutableSpan)
    #expect(throws: Overflow()) { try packet.emit(to: &writer) }
    let count = writer.count
    #expect(count == 0)
  }

  @Test func aQuestionTellsNothingButItsNonce() throws {
    let request = SNTPPacket.request(transmit: NTPTimestamp(bits: 0x0123_4567_89AB_CDEF))
    let expected =
      [0x23] + [UInt8](repeating: 0, count: 39) + [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF]
    #expect(try Self.emitted(request) == expected)
  }

  @Test func anAnswerRepeatsTheQuestion() {
    var request = SNTPPacket.request(transmit: NTPTimestamp(bits: 77))
    request.version = 3
    let answer = SNTPPacket.answer(
      to: request, stratum: 2, receive: NTPTimestamp(bits: 5), transmit: NTPTimestamp(bits: 6))
    #expect(answer.mode == .server && answer.version == 3 && answer.stratum == 2)
    #expect(answer.originate.bits == 77 && answer.receive.bits == 5 && answer.transmit.bits == 6)
  }

  @Test(arguments: [
    (KissOfDeath.deny, "DENY"), (.restrict, "RSTR"), (.rate, "RATE"), (.other(0x4155_5448), "AUTH"),
  ])
  func aRefusalCarriesItsCode(kiss: KissOfDeath, code: String) throws {
    let request = SNTPPacket.request(transmit: NTPTimestamp(bits: 9))
    let packet = SNTPPacket.kissOfDeath(kiss, to: request)
    let bytes = try Self.emitted(packet)
    #expect(bytes[0] == 0xE4 && bytes[1] == 0)
    #expect(Array(bytes[12..<16]) == Array(code.utf8))
    #expect(KissOfDeath(code: packet.referenceIdentifier) == kiss)
    #expect(packet.originate == request.transmit)
  }
}
