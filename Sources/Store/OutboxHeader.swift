import Bytes

/// What the header of a block and that of a record have in common: three numbers and a checksum
/// over them, and over what makes the header that of this place.
struct OutboxHeader {
  var first: UInt32 = 0
  var second: UInt32 = 0
  var third: UInt32 = 0

  static var byteCount: Int { 16 }

  init(_ first: UInt32, _ second: UInt32, _ third: UInt32) {
    self.first = first
    self.second = second
    self.third = third
  }

  /// Reads a header; nil where the checksum, begun with `checksum`, is another.
  @inline(never)
  init?(_ bytes: Span<UInt8>, checksum: CRC32) {
    self.init(
      bytes.littleEndian32, bytes.extracting(droppingFirst: 4).littleEndian32,
      bytes.extracting(droppingFirst: 8).littleEndian32)
    guard self.checksum(checksum) == bytes.extracting(droppingFirst: 12).littleEndian32 else {
      return nil
    }
  }

  /// The header with its checksum, begun with `checksum`.
  @inline(never)
  func bytes(checksum: CRC32) -> [16 of UInt8] {
    let numbers: [4 of UInt32] = [first, second, third, self.checksum(checksum)]
    var bytes = [16 of UInt8](repeating: 0)
    for index in 0..<16 {
      let shift = UInt32(truncatingIfNeeded: index & 3) &* 8
      bytes[index] = UInt8(truncatingIfNeeded: numbers[index &>> 2] &>> shift)
    }
    return bytes
  }

  private func checksum(_ start: CRC32) -> UInt32 {
    var checksum = start
    checksum.add(littleEndian: first)
    checksum.add(littleEndian: second)
    checksum.add(littleEndian: third)
    return checksum.value
  }
}

extension CRC32 {
  /// Adds the four bytes of a number.
  @inline(never)
  mutating func add(littleEndian value: UInt32) {
    for index: UInt32 in 0..<4 { add(UInt8(truncatingIfNeeded: value &>> (8 &* index))) }
  }
}
