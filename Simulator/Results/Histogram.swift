/// Counts of values in bins that grow with the value, by 1/32 at most; histograms add up exactly.
///
/// Values below 64 have a bin each. Above, every doubling is divided into 32 bins. The idea is that
/// of HdrHistogram, with integers alone, so that equal runs give equal bytes.
public struct Histogram: Sendable, Equatable {
  /// The counts of the bins up to the last one used.
  public private(set) var counts: [UInt64] = []
  /// The number of values.
  public private(set) var count: UInt64 = 0
  /// The largest value, exactly.
  public private(set) var largest: UInt64 = 0

  /// Creates an empty histogram.
  public init() {}

  /// Creates a histogram of the bins that another one had, or nil where no values give such ones.
  init?(counts: [UInt64], largest: UInt64) {
    let lastBin = counts.isEmpty ? 0 : Self.bin(of: largest)
    guard counts.isEmpty ? largest == 0 : (counts.count == lastBin + 1 && counts[lastBin] > 0)
    else { return nil }
    self.counts = counts
    self.largest = largest
    count = counts.reduce(0, UInt64.sum)
  }

  /// Adds `value`.
  public mutating func record(_ value: UInt64) {
    let bin = Self.bin(of: value)
    while counts.count <= bin { counts.append(0) }
    counts[bin] += 1
    count += 1
    largest = max(largest, value)
  }

  /// Adds all values of `other`.
  public mutating func add(_ other: Histogram) {
    while counts.count < other.counts.count { counts.append(0) }
    for (bin, number) in other.counts.enumerated() { counts[bin].increase(by: number) }
    count.increase(by: other.count)
    largest = max(largest, other.largest)
  }

  /// The value that `percent` of all values do not exceed, to the accuracy of the bins.
  public func percentile(_ percent: Double) -> UInt64 {
    // A count out of a hostile file may be the largest number, whose double is one too many.
    let rank = min((Double(count) * percent / 100).rounded(.up), 1.8e19)
    return value(atRank: max(1, UInt64(rank)))
  }

  /// The value that so many values do not exceed, to the accuracy of the bins.
  public func value(atRank wanted: UInt64) -> UInt64 {
    var seen: UInt64 = 0
    for (bin, number) in counts.enumerated() {
      seen.increase(by: number)
      if seen >= wanted { return min(largest, Self.highest(in: bin)) }
    }
    return largest
  }

  /// The bin that a value falls into.
  public static func bin(of value: UInt64) -> Int {
    guard value >= 64 else { return Int(value) }
    let shift = 58 - value.leadingZeroBitCount
    return 32 + shift * 32 + Int(truncatingIfNeeded: value >> UInt64(shift)) - 32
  }

  /// The highest value of a bin.
  public static func highest(in bin: Int) -> UInt64 {
    guard bin >= 64 else { return UInt64(bin) }
    let shift = UInt64(bin / 32 - 1)
    return (UInt64(bin % 32 + 33) << shift) &- 1
  }
}
