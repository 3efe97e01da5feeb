import Bytes
import Testing

@Suite struct CRC32Tests {
  /// The check value that every catalogue of checksums gives, and ones that zlib computes.
  @Test(arguments: [
    ("", 0), ("a", 0xE8B7_BE43), ("123456789", 0xCBF4_3926),
    ("The quick brown fox jumps over the lazy dog", 0x414F_A339),
  ])
  func agreesWithZlib(_ text: String, _ expected: UInt32) {
    let bytes = Array(text.utf8)
    #expect(CRC32(of: bytes.span).value == expected)
  }

  @Test func doesNotCareHowTheBytesArePieced() {
    let bytes = (0..<256).map { UInt8($0) }
    for cut in 0...bytes.count {
      var checksum = CRC32()
      checksum.add(bytes.span.extracting(0..<cut))
      checksum.add(bytes.span.extracting(cut..<bytes.count))
      #expect(checksum.value == 0x2905_8C73)
    }
  }

  @Test func littleEndianNumbersAreReadAsTheyAreWritten() throws {
    var bytes = [UInt8](repeating: 0, count: 14)
    var writer = ByteWriter(bytes.mutableSpan)
    try writer.write(littleEndian: 0x0102 as UInt16)
    try writer.write(littleEndian: 0x0304_0506 as UInt32)
    try writer.write(littleEndian: 0x0708_090A_0B0C_0D0E as UInt64)
    #expect(throws: Overflow()) { try writer.write(littleEndian: 1 as UInt16) }
    #expect(bytes == [2, 1, 6, 5, 4, 3, 14, 13, 12, 11, 10, 9, 8, 7])
    var reader = ByteReader(bytes.span)
    #expect(try reader.littleEndian16() == 0x0102)
    #expect(try reader.littleEndian32() == 0x0304_0506)
    #expect(try reader.littleEndian64() == 0x0708_090A_0B0C_0D0E)
    #expect(throws: Truncated()) { try reader.littleEndian16() }
  }
}
