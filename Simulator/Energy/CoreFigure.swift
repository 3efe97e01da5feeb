/// The figures of a processor core.
public enum CoreFigure: String, FigureKey {
  case frequencyMegahertz
  case activeMilliamperes
  case sleepMicroamperes
  case flashMilliamperes
  case flashMicrosecondsPerByte
  case flashEraseMilliseconds
  case flashPageBytes
  case supplyVolts
  case minimumVolts

  /// The kind of profile that has these figures: `core`.
  public static var kind: ProfileKind { .core }

  /// What the figure means and which numbers it may be.
  public var rule: FigureRule {
    switch self {
    case .frequencyMegahertz:
      FigureRule("the clock while it computes", 0.01...2_000, .lowers)
    case .activeMilliamperes:
      FigureRule("the current while it computes at that clock", 0.001...2_000, .raises)
    case .sleepMicroamperes:
      FigureRule("the current asleep, memory kept, timer running", 0...100_000, .raises)
    case .flashMilliamperes:
      FigureRule(
        "the current while flash is written or erased, core included", 0...500, .raises, fallback: 0
      )
    case .flashMicrosecondsPerByte:
      FigureRule("the time to write a byte to flash", 0...100_000, .raises, fallback: 0)
    case .flashEraseMilliseconds:
      FigureRule("the time to erase a page of flash", 0...10_000, .raises, fallback: 0)
    case .flashPageBytes:
      FigureRule("the bytes in a page of flash", 16...1_048_576, .lowers, fallback: 4_096)
    case .supplyVolts:
      FigureRule("the voltage at which the currents hold", 0.5...60, .raises)
    case .minimumVolts:
      FigureRule("the lowest voltage at which it works", 0.1...60, .limits)
    }
  }
}
