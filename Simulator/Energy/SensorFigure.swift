/// The figures of a sensor and of the signal that it sees.
public enum SensorFigure: String, FigureKey {
  case measureMilliamperes
  case measureMilliseconds
  case standbyMicroamperes
  case readingBytes
  case messageBytes
  case dailySwing
  case hourlyNoise
  case threshold
  case supplyVolts
  case minimumVolts

  /// The kind of profile that has these figures: `sensor`.
  public static var kind: ProfileKind { .sensor }

  /// What the figure means and which numbers it may be.
  public var rule: FigureRule {
    switch self {
    case .measureMilliamperes:
      FigureRule("the current while it measures", 0...2_000, .raises)
    case .measureMilliseconds:
      FigureRule("the time that a measurement takes", 0...600_000, .raises)
    case .standbyMicroamperes:
      FigureRule("the current between measurements", 0...100_000, .raises)
    case .readingBytes:
      FigureRule("the bytes of a reading in a message", 1...65_535, .raises)
    case .messageBytes:
      FigureRule("the bytes of a message beside its readings", 0...65_535, .raises)
    case .dailySwing:
      FigureRule("how far the signal goes up and down in a day", 0...1e9, .raises)
    case .hourlyNoise:
      FigureRule("how far the signal wanders in an hour, standard deviation", 0...1e9, .raises)
    case .threshold:
      FigureRule("the change that is worth a message", 1e-9...1e9, .lowers)
    case .supplyVolts:
      FigureRule("the voltage at which the currents hold", 0.5...60, .raises)
    case .minimumVolts:
      FigureRule("the lowest voltage at which it works", 0.1...60, .limits)
    }
  }
}
