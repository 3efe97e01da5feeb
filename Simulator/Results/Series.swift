/// Counts over time, in bins of equal width.
public struct Series: Sendable, Equatable {
  /// The width of a bin in milliseconds.
  public var binMilliseconds: UInt64 = 1_000
  /// TCP connections attempted.
  public var attempts: [UInt64] = []
  /// CONNECTs accepted.
  public var connects: [UInt64] = []
  /// Tokens signed.
  public var tokens: [UInt64] = []
  /// Batteries ended.
  public var deaths: [UInt64] = []

  /// Creates empty series.
  public init() {}

  /// Creates empty series for a run of this length: at most about 7,200 bins of a second or more.
  public init(durationMilliseconds: UInt64) {
    var width: UInt64 = 1_000
    for factor in [2, 5, 2, 3, 2, 5, 2, 3, 2, 2, 6, 7] as [UInt64]
    where durationMilliseconds / width > 7_200 { width *= factor }
    binMilliseconds = width
  }

  /// Counts one event at a moment, in the series that `path` names.
  public mutating func count(
    _ path: WritableKeyPath<Series, [UInt64]>, atMilliseconds moment: UInt64
  ) {
    let bin = Int(moment / binMilliseconds)
    while self[keyPath: path].count <= bin { self[keyPath: path].append(0) }
    self[keyPath: path][bin] += 1
  }

  /// Adds the counts of `other`, whose bins are as wide.
  public mutating func add(_ other: Series) {
    for path in [\Series.attempts, \.connects, \.tokens, \.deaths] {
      for (bin, number) in other[keyPath: path].enumerated() {
        while self[keyPath: path].count <= bin { self[keyPath: path].append(0) }
        self[keyPath: path][bin] += number
      }
    }
  }
}
