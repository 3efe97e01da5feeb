public import Units

/// A length of time as NTP writes it: 16 bits of seconds, 16 bits of fraction (RFC 5905 section 6).
public struct NTPShort: Equatable, Sendable {
  /// The seconds in the upper half, the fraction in the lower one.
  public let bits: UInt32

  /// No time at all.
  public static let zero = NTPShort(bits: 0)

  /// Creates a length from its 32 bits.
  public init(bits: UInt32) { self.bits = bits }

  /// Creates the shortest length that is not below `interval`, or the longest there is.
  public init(_ interval: Interval) {
    // 65 536 seconds do not fit, and below that nothing here overflows.
    let milliseconds = min(interval.milliseconds, 65_536_000)
    bits = UInt32(clamping: (milliseconds &<< 16 + 999) / 1_000)
  }

  /// The length, rounded up, because it bounds an error.
  public var interval: Interval {
    let scaled = UInt64(truncatingIfNeeded: bits) * 1_000
    return Interval(milliseconds: (scaled + 0xFFFF) &>> 16)
  }
}
