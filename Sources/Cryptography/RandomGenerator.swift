/// A deterministic random bit generator (NIST SP 800-90A), fed with entropy from outside.
public protocol RandomGenerator: ~Copyable {
  /// True once `seed` has succeeded; before that nothing may be drawn.
  var isSeeded: Bool { get }
  /// Mixes in `entropy`: 48 bytes or more at the first time, 32 or more later.
  mutating func seed(_ entropy: Span<UInt8>) throws(RandomFailure)
  /// Fills `space` with random bytes.
  mutating func fillRandom(_ space: inout MutableSpan<UInt8>) throws(RandomFailure)
}

/// Why no random bytes could be had.
public enum RandomFailure: Error, Equatable, Sendable {
  /// `seed` has not succeeded yet, or too few bytes were given to it.
  case notSeeded
  /// The library failed.
  case internalFailure
}

extension RandomGenerator where Self: ~Copyable {
  /// Draws 64 random bits.
  public mutating func random64() throws(RandomFailure) -> UInt64 {
    var bytes = [8 of UInt8](repeating: 0)
    var span = bytes.mutableSpan
    try fillRandom(&span)
    var value: UInt64 = 0
    for index in 0..<8 { value = value &<< 8 | UInt64(truncatingIfNeeded: bytes[index]) }
    return value
  }
}
