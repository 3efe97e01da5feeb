/// A length of time in milliseconds, never negative.
///
/// A unit of its own keeps seconds and milliseconds from being mixed up.
public struct Interval: Comparable, Sendable {
  /// The length in milliseconds.
  public let milliseconds: UInt64

  /// No time at all.
  public static let zero = Interval(milliseconds: 0)

  /// Creates an interval of `milliseconds`.
  public init(milliseconds: UInt64) { self.milliseconds = milliseconds }

  /// Creates an interval of `seconds`, which must be below 10^16.
  public init(seconds: UInt64) { self.milliseconds = seconds * 1_000 }

  /// The length in whole seconds, rounded down.
  public var seconds: UInt64 { milliseconds / 1_000 }

  /// Orders by length.
  public static func < (left: Interval, right: Interval) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The sum, or the largest interval where it would overflow.
  public static func + (left: Interval, right: Interval) -> Interval {
    let (sum, overflow) = left.milliseconds.addingReportingOverflow(right.milliseconds)
    return Interval(milliseconds: overflow ? .max : sum)
  }

  /// The difference, or zero where `right` is the longer one.
  public static func - (left: Interval, right: Interval) -> Interval {
    Interval(
      milliseconds: left.milliseconds > right.milliseconds
        ? left.milliseconds - right.milliseconds : 0)
  }
}
