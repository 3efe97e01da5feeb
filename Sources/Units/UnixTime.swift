/// A date: milliseconds since 1970-01-01 00:00 UTC, leap seconds not counted.
///
/// 64 bits, so that 2036 (NTP's era) and 2038 (32-bit seconds) are ordinary years.
public struct UnixTime: Comparable, Sendable {
  /// Milliseconds since 1970-01-01 00:00 UTC.
  public let milliseconds: Int64

  /// Creates a date from `milliseconds` since 1970.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Creates a date from `seconds` since 1970, whose absolute value must be below 10^15.
  public init(seconds: Int64) { self.milliseconds = seconds * 1_000 }

  /// Whole seconds since 1970, rounded towards the past.
  public var seconds: Int64 {
    let quotient = milliseconds / 1_000
    return milliseconds % 1_000 < 0 ? quotient - 1 : quotient
  }

  /// Orders by date.
  public static func < (left: UnixTime, right: UnixTime) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The date `interval` later, or the last date that can be expressed.
  public static func + (time: UnixTime, interval: Interval) -> UnixTime {
    let step = Int64(clamping: interval.milliseconds)
    let (sum, overflow) = time.milliseconds.addingReportingOverflow(step)
    return UnixTime(milliseconds: overflow ? .max : sum)
  }

  /// The date `interval` earlier, or the first date that can be expressed.
  public static func - (time: UnixTime, interval: Interval) -> UnixTime {
    let step = Int64(clamping: interval.milliseconds)
    let (difference, overflow) = time.milliseconds.subtractingReportingOverflow(step)
    return UnixTime(milliseconds: overflow ? .min : difference)
  }

  /// How far `other` lies from this date, in either direction.
  public func distance(to other: UnixTime) -> Interval {
    Interval(milliseconds: UInt64(magnitudeOf: self, other))
  }
}

extension UInt64 {
  /// The absolute difference of two dates, which always fits 64 bits without a sign.
  fileprivate init(magnitudeOf first: UnixTime, _ second: UnixTime) {
    let low = UInt64(bitPattern: Swift.min(first.milliseconds, second.milliseconds))
    let high = UInt64(bitPattern: Swift.max(first.milliseconds, second.milliseconds))
    self = high &- low
  }
}
