/// Reads bytes, front to back, from memory it borrows.
public struct ByteReader: ~Escapable {
  /// The bytes not yet read.
  public private(set) var rest: Span<UInt8>

  /// Starts at the first of `bytes`.
  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>) { rest = bytes }

  /// True once everything was read.
  public var isAtEnd: Bool { rest.isEmpty }

  /// Takes one byte.
  @_lifetime(self: copy self)
  public mutating func byte() throws(Truncated) -> UInt8 {
    guard !rest.isEmpty else { throw Truncated() }
    let first = rest[0]
    rest = rest.extracting(droppingFirst: 1)
    return first
  }

  /// Takes two bytes, most significant first.
  @_lifetime(self: copy self)
  public mutating func uint16() throws(Truncated) -> UInt16 {
    UInt16(truncatingIfNeeded: try bigEndian(byteCount: 2))
  }

  /// Takes four bytes, most significant first.
  @_lifetime(self: copy self)
  public mutating func uint32() throws(Truncated) -> UInt32 {
    UInt32(truncatingIfNeeded: try bigEndian(byteCount: 4))
  }

  /// Takes eight bytes, most significant first.
  @_lifetime(self: copy self)
  public mutating func uint64() throws(Truncated) -> UInt64 {
    try bigEndian(byteCount: 8)
  }

  /// Takes `count` bytes, without copying them.
  @_lifetime(copy self)
  public mutating func take(_ count: Int) throws(Truncated) -> Span<UInt8> {
    guard count >= 0, count <= rest.count else { throw Truncated() }
    let head = rest.extracting(first: count)
    rest = rest.extracting(droppingFirst: count)
    return head
  }

  @_lifetime(self: copy self)
  private mutating func bigEndian(byteCount: Int) throws(Truncated) -> UInt64 {
    guard byteCount <= rest.count else { throw Truncated() }
    var value: UInt64 = 0
    for index in 0..<byteCount { value = value &<< 8 | UInt64(truncatingIfNeeded: rest[index]) }
    rest = rest.extracting(droppingFirst: byteCount)
    return value
  }
}
