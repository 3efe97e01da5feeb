/// The figures of a battery with what stands between it and the device.
public enum BatteryFigure: String, FigureKey {
  case capacityMilliampereHours
  case internalOhms
  case continuousLimitMilliamperes
  case pulseLimitMilliamperes
  case cutOffVolts
  case selfDischargePercentPerYear
  case selfDischargeDoublingCelsius
  case kineticAvailablePercent
  case kineticRatePerHour
  case kineticActivationKilojoulesPerMole
  case minimumCelsius
  case maximumCelsius
  case shelfLifeYears
  case regulatorEfficiencyPercent
  case bufferMillifarads
  case bufferLeakageMicroamperes

  /// The kind of profile that has these figures: `battery`.
  public static var kind: ProfileKind { .battery }

  /// What the figure means and which numbers it may be.
  public var rule: FigureRule {
    switch self {
    case .capacityMilliampereHours:
      FigureRule("the charge of a new battery at a low rate", 0.01...1e7, .lowers)
    case .internalOhms:
      FigureRule(
        "the internal resistance, where no curve gives it", 0...10_000, .raises, fallback: 0)
    case .continuousLimitMilliamperes:
      FigureRule("the highest mean current", 0.0001...1e6, .limits)
    case .pulseLimitMilliamperes:
      FigureRule("the highest current of a pulse", 0.0001...1e6, .limits)
    case .cutOffVolts:
      FigureRule("the voltage at which it counts as empty", 0...60, .raises)
    case .selfDischargePercentPerYear:
      FigureRule("what it loses in its first year at 20 degrees, unused", 0...99, .raises)
    case .selfDischargeDoublingCelsius:
      FigureRule(
        "how much warmer it is when it loses twice as much", 1...100, .limits, fallback: 10)
    default: modelRule
    }
  }

  private var modelRule: FigureRule {
    switch self {
    case .kineticAvailablePercent:
      FigureRule(
        "the share of the charge in the available well, c of the kinetic model", 0.1...100, .lowers,
        fallback: 100)
    case .kineticRatePerHour:
      FigureRule(
        "the rate at which the wells level out, k' of the kinetic model", 1e-9...1e6, .lowers,
        fallback: 1)
    case .kineticActivationKilojoulesPerMole:
      FigureRule("how that rate depends on warmth (Arrhenius)", 0...200, .limits, fallback: 0)
    case .minimumCelsius:
      FigureRule("the lowest temperature that its maker allows", -100...100, .limits)
    case .maximumCelsius:
      FigureRule("the highest temperature that its maker allows", -100...200, .limits)
    case .shelfLifeYears:
      FigureRule("the years after which its maker promises nothing", 0.01...100, .lowers)
    case .regulatorEfficiencyPercent:
      FigureRule(
        "what a regulator behind it passes on; below 100 its own cut-off counts alone", 1...100,
        .lowers, fallback: 100)
    case .bufferMillifarads:
      FigureRule(
        "a capacitor across the battery, which feeds the pulses", 0...1e6, .limits, fallback: 0)
    default:
      FigureRule("what that capacitor leaks", 0...1e5, .raises, fallback: 0)
    }
  }
}
