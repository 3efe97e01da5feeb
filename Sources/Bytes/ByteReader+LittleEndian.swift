extension ByteReader {
  /// Takes two bytes, least significant first.
  @_lifetime(self: copy self)
  public mutating func littleEndian16() throws(Truncated) -> UInt16 {
    try take(2).littleEndian16
  }

  /// Takes four bytes, least significant first.
  @_lifetime(self: copy self)
  public mutating func littleEndian32() throws(Truncated) -> UInt32 {
    try take(4).littleEndian32
  }

  /// Takes eight bytes, least significant first.
  @_lifetime(self: copy self)
  public mutating func littleEndian64() throws(Truncated) -> UInt64 {
    try take(8).littleEndian64
  }
}
