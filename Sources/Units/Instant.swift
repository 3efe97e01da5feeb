/// A moment on a clock that only goes forward and says nothing about the date.
///
/// Instants of one boot may be compared; those of two boots may not.
public struct Instant: Comparable, Sendable {
  /// Milliseconds since some fixed moment of this boot.
  public let milliseconds: UInt64

  /// A moment that never comes: the deadline of something that waits for nothing.
  public static let never = Instant(milliseconds: .max)

  /// Creates the instant `milliseconds` after the clock's fixed moment.
  public init(milliseconds: UInt64) { self.milliseconds = milliseconds }

  /// Orders by time.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The instant `interval` later, or `never` where that cannot be expressed.
  public static func + (instant: Instant, interval: Interval) -> Instant {
    let (sum, overflow) = instant.milliseconds.addingReportingOverflow(interval.milliseconds)
    return overflow ? .never : Instant(milliseconds: sum)
  }

  /// The time that passed since `earlier`, or zero where that lies ahead.
  public func since(_ earlier: Instant) -> Interval {
    Interval(
      milliseconds: milliseconds > earlier.milliseconds ? milliseconds - earlier.milliseconds : 0)
  }
}
