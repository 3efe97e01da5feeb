import Histogram

/// How long something took, many times: a histogram from 1 µs to 120 s, exact to a thousandth.
///
/// Two of them add up exactly, unlike percentiles. What takes longer than 120 s is counted apart,
/// and with its true length in `sum` and `maximum`.
public struct Latency: Sendable {
  /// The longest time that has a place of its own, in microseconds.
  public static let highest: UInt64 = 120_000_000

  private var histogram = Histogram<UInt32>(
    lowestDiscernibleValue: 1, highestTrackableValue: highest,
    numberOfSignificantValueDigits: .three)
  private var beyond: UInt64 = 0

  /// The sum of all, in microseconds.
  public private(set) var sum: UInt64 = 0
  /// The longest, in microseconds; zero where there is none.
  public private(set) var maximum: UInt64 = 0

  /// Creates a histogram of nothing.
  public init() {}

  /// The number of times.
  public var count: UInt64 { histogram.totalCount + beyond }

  /// Notes one length of time, in microseconds.
  public mutating func record(microseconds: UInt64) {
    sum &+= microseconds
    maximum = max(maximum, microseconds)
    if microseconds > Self.highest {
      beyond += 1
    } else {
      histogram.record(microseconds)
    }
  }

  /// Adds what `other` has noted.
  public mutating func add(_ other: Latency) {
    histogram.add(other.histogram)
    beyond += other.beyond
    sum &+= other.sum
    maximum = max(maximum, other.maximum)
  }

  /// The time that `percent` of all did not exceed, in microseconds; 120 s stands for any longer
  /// one, and zero where there is none.
  public func percentile(_ percent: Double) -> UInt64 {
    guard count > 0 else { return 0 }
    let rank = max(1, (percent / 100 * Double(count)).rounded(.up))
    let inside = histogram.totalCount
    guard rank <= Double(inside) else { return Self.highest }
    return min(histogram.valueAtPercentile(rank / Double(inside) * 100), maximum)
  }

  /// How many took at most `microseconds`, rounded as the histogram rounds.
  public func count(atMost microseconds: UInt64) -> UInt64 {
    guard histogram.totalCount > 0 else { return 0 }
    return histogram.count(within: 0...min(microseconds, Self.highest))
  }
}
