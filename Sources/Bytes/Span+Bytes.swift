extension Span where Element == UInt8 {
  /// True if both hold the same bytes.
  ///
  /// Not for secrets: the time taken depends on them.
  public func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }

  /// True if the bytes are the characters of `text`.
  public func isEqual(to text: StaticString) -> Bool { isEqual(to: text.bytes) }

  /// True if the first bytes are those of `prefix`.
  public func starts(with prefix: Span<UInt8>) -> Bool {
    guard prefix.count <= count else { return false }
    return extracting(first: prefix.count).isEqual(to: prefix)
  }
}

extension MutableSpan where Element == UInt8 {
  /// Writes `bytes` to the front; there must be room for all of them.
  @_lifetime(self: copy self)
  public mutating func copy(_ bytes: Span<UInt8>) {
    precondition(bytes.count <= count)
    for index in bytes.indices { self[index] = bytes[index] }
  }

  /// Moves what is behind `range` to its front; what is left at the end stays as it was.
  @inline(never)
  @_lifetime(self: copy self)
  mutating func closeGap(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    for index in range.upperBound..<count { self[index &- range.count] = self[index] }
  }

  /// Overwrites every byte with zero.
  ///
  /// Left unoptimized, because a compiler that sees that nothing reads the bytes again may drop the
  /// stores, and then a secret stays behind in memory.
  @_lifetime(self: copy self)
  @inline(never) @_optimize(none)
  public mutating func wipe() {
    update(repeating: 0)
  }
}
