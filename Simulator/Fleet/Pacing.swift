public import Units

/// When the devices of a fleet are switched on.
///
/// A rate paces the first attempts alone: device number i is switched on i / rate after the start,
/// and goes to work at once. What it does after a failure stays the core's own affair.
public struct Pacing: Sendable {
  /// Devices switched on per second; nil for all at the start.
  public var rate: Double?

  /// Creates a pacing of `rate` devices a second, or of all at once.
  public init(rate: Double? = nil) { self.rate = rate }

  /// How long after the start device number `index` is switched on.
  public func delay(of index: Int) -> Interval {
    guard let rate, rate > 0 else { return .zero }
    return Interval(milliseconds: UInt64(Double(index) * 1_000 / rate))
  }
}
