extension ByteWriter {
  /// Writes two bytes, least significant first.
  @_lifetime(self: copy self)
  public mutating func write(littleEndian value: UInt16) throws(Overflow) {
    try write(littleEndian: UInt64(truncatingIfNeeded: value), byteCount: 2)
  }

  /// Writes four bytes, least significant first.
  @_lifetime(self: copy self)
  public mutating func write(littleEndian value: UInt32) throws(Overflow) {
    try write(littleEndian: UInt64(truncatingIfNeeded: value), byteCount: 4)
  }

  /// Writes eight bytes, least significant first.
  @_lifetime(self: copy self)
  public mutating func write(littleEndian value: UInt64) throws(Overflow) {
    try write(littleEndian: value, byteCount: 8)
  }

  @_lifetime(self: copy self)
  private mutating func write(littleEndian value: UInt64, byteCount: Int) throws(Overflow) {
    guard byteCount <= freeCapacity else { throw Overflow() }
    var rest = value
    for _ in 0..<byteCount {
      try write(UInt8(truncatingIfNeeded: rest))
      rest = rest &>> 8
    }
  }
}
