/// Writes bytes, front to back, into space it borrows.
public struct ByteWriter: ~Copyable, ~Escapable {
  private var space: MutableSpan<UInt8>

  /// The number of bytes written.
  public private(set) var count = 0

  /// Starts at the front of `space`.
  @_lifetime(copy space)
  public init(_ space: consuming MutableSpan<UInt8>) { self.space = space }

  /// The number of bytes that can still be written.
  public var freeCapacity: Int { space.count - count }

  /// Writes one byte.
  @_lifetime(self: copy self)
  public mutating func write(_ byte: UInt8) throws(Overflow) {
    guard count < space.count else { throw Overflow() }
    space[count] = byte
    count += 1
  }

  /// Writes all of `bytes`, or throws and writes none.
  @_lifetime(self: copy self)
  public mutating func write(_ bytes: Span<UInt8>) throws(Overflow) {
    guard bytes.count <= freeCapacity else { throw Overflow() }
    for index in bytes.indices { space[count + index] = bytes[index] }
    count += bytes.count
  }

  /// Writes the characters of `text`, or throws and writes none.
  @_lifetime(self: copy self)
  public mutating func write(_ text: StaticString) throws(Overflow) {
    try write(text.bytes)
  }

  /// Writes two bytes, most significant first.
  @_lifetime(self: copy self)
  public mutating func write(bigEndian value: UInt16) throws(Overflow) {
    try write(bigEndian: UInt64(truncatingIfNeeded: value), byteCount: 2)
  }

  /// Writes four bytes, most significant first.
  @_lifetime(self: copy self)
  public mutating func write(bigEndian value: UInt32) throws(Overflow) {
    try write(bigEndian: UInt64(truncatingIfNeeded: value), byteCount: 4)
  }

  /// Writes eight bytes, most significant first.
  @_lifetime(self: copy self)
  public mutating func write(bigEndian value: UInt64) throws(Overflow) {
    try write(bigEndian: value, byteCount: 8)
  }

  /// Writes `value` in decimal digits, without leading zeros.
  @inline(never)
  @_lifetime(self: copy self)
  public mutating func write(decimal value: UInt64) throws(Overflow) {
    var divisor: UInt64 = 1
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      try write(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }

  @_lifetime(self: copy self)
  private mutating func write(bigEndian value: UInt64, byteCount: Int) throws(Overflow) {
    guard byteCount <= freeCapacity else { throw Overflow() }
    var shift = UInt64(truncatingIfNeeded: byteCount) &* 8
    for _ in 0..<byteCount {
      shift &-= 8
      space[count] = UInt8(truncatingIfNeeded: value &>> shift)
      count += 1
    }
  }
}
