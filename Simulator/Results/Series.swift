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

  /// The bins that there are at most; what comes later counts in the last one.
  public static let binCountMaximum = 20_000

  /// The series with their names.
  static var paths: [(name: String, path: WritableKeyPath<Series, [UInt64]>)] {
    [
      ("attempts", \.attempts), ("connects", \.connects), ("tokens", \.tokens),
      ("deaths", \.deaths),
    ]
  }

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
    let bin = Int(min(moment / binMilliseconds, UInt64(Self.binCountMaximum - 1)))
    while self[keyPath: path].count <= bin { self[keyPath: path].append(0) }
    self[keyPath: path][bin] += 1
  }

  /// Adds the counts of `other`, whose bins are as wide.
  public mutating func add(_ other: Series) {
    for (_, path) in Self.paths {
      for (bin, number) in other[keyPath: path].enumerated() {
        while self[keyPath: path].count <= bin { self[keyPath: path].append(0) }
        self[keyPath: path][bin].increase(by: number)
      }
    }
  }

  /// The most events a second in one bin: exact while bins are a second wide, else a mean.
  public func peakPerSecond(_ path: KeyPath<Series, [UInt64]>) -> Double {
    Double(self[keyPath: path].max() ?? 0) * 1_000 / Double(binMilliseconds)
  }
}
