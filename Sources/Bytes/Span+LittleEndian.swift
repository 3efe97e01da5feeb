extension Span where Element == UInt8 {
  /// The number in the first two bytes, which must be there.
  public var littleEndian16: UInt16 { UInt16(truncatingIfNeeded: littleEndian(byteCount: 2)) }

  /// The number in the first four bytes, which must be there.
  public var littleEndian32: UInt32 { UInt32(truncatingIfNeeded: littleEndian(byteCount: 4)) }

  /// The number in the first eight bytes, which must be there.
  public var littleEndian64: UInt64 { littleEndian(byteCount: 8) }

  private func littleEndian(byteCount: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in (0..<byteCount).reversed() {
      value = value &<< 8 | UInt64(truncatingIfNeeded: self[index])
    }
    return value
  }
}
