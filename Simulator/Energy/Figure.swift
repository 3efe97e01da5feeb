/// A number of a profile with its band and where it comes from.
public struct Figure: Sendable, Equatable {
  /// The number to take when one is wanted.
  public var value: Double
  /// The least that the source allows; equal to `value` where it gives no band.
  public var low: Double
  /// The most that the source allows; equal to `value` where it gives no band.
  public var high: Double
  /// How far the number may be trusted.
  public var standing: Standing
  /// Where it was published or measured, or what it was derived from.
  public var source: String

  /// Creates a figure.
  public init(
    value: Double, low: Double? = nil, high: Double? = nil, standing: Standing, source: String
  ) {
    self.value = value
    self.low = low ?? value
    self.high = high ?? value
    self.standing = standing
    self.source = source
  }

  /// The number at an end of the band, seen from what the whole device consumes.
  public func value(at bound: Bound, effect: Effect) -> Double {
    switch (bound, effect) {
    case (.middle, _), (_, .limits): value
    case (.low, .lowers), (.high, .raises): high
    case (.low, .raises), (.high, .lowers): low
    }
  }

  /// How far a number may be trusted.
  public enum Standing: String, Sendable, CaseIterable, Codable {
    /// Measured for this project.
    case measured
    /// Read in the named source.
    case published
    /// Computed from published or measured numbers.
    case derived
    /// A judgement, or recalled without the source at hand: measure before relying on it.
    case estimate
  }
}

/// Which end of the bands a computation takes.
public enum Bound: String, Sendable, CaseIterable {
  /// Everything as frugal as the sources allow.
  case low
  /// The values themselves.
  case middle
  /// Everything as hungry as the sources allow.
  case high
}

/// What a larger figure does to the device's consumption.
public enum Effect: Sendable {
  /// It consumes more, or lives shorter.
  case raises
  /// It consumes less, or lives longer.
  case lowers
  /// It decides whether the pairing works at all, or its direction depends on others; its value
  /// counts, never the ends of its band.
  case limits
}
