/// The figures of one kind of profile: an enum whose raw values are the keys in the data files.
public protocol FigureKey: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The kind of profile, as the key `kind` in a data file says it.
  static var kind: ProfileKind { get }
  /// What the figure means and which numbers it may be.
  var rule: FigureRule { get }
}

/// What a figure may be.
public struct FigureRule: Sendable {
  /// What the figure means, for the schema and for whoever gets it wrong.
  public let meaning: String
  /// The numbers that make sense.
  public let range: ClosedRange<Double>
  /// What a larger figure does to the consumption.
  public let effect: Effect
  /// The value where a profile does not give one; nil for a figure that each profile needs.
  public let fallback: Double?

  init(
    _ meaning: String, _ range: ClosedRange<Double>, _ effect: Effect, fallback: Double? = nil
  ) {
    self.meaning = meaning
    self.range = range
    self.effect = effect
    self.fallback = fallback
  }
}

/// The kinds of profile.
public enum ProfileKind: String, Sendable, CaseIterable {
  /// A processor core in a chip.
  case core
  /// A radio, or another network, with its operator's settings.
  case radio
  /// A sensor and the signal that it sees.
  case sensor
  /// A battery with what stands between it and the device.
  case battery
  /// What a protocol sends and how often it waits.
  case exchange

  /// The words that a profile of this kind has beside its figures, and what each may be.
  var words: [WordRule] {
    switch self {
    case .core:
      [.supply, WordRule("instructionsOf", "the core in the cost table whose code it runs")]
    case .radio:
      [
        .supply,
        WordRule(
          "technology", "the network", allowed: ["lte-m", "nb-iot", "wifi", "ble", "ethernet"]),
      ]
    case .sensor: [.supply, WordRule("unit", "the unit of its readings")]
    case .battery: [WordRule("chemistry", "the chemistry, in a word or two")]
    case .exchange: []
    }
  }

  /// The curves that a profile of this kind may have.
  var curves: [CurveRule] {
    guard self == .battery else { return [] }
    return CurveRule.all
  }
}

/// What a word of a profile may be.
struct WordRule: Sendable {
  let key: String
  let meaning: String
  let allowed: [String]

  init(_ key: String, _ meaning: String, allowed: [String] = []) {
    self.key = key
    self.meaning = meaning
    self.allowed = allowed
  }

  static let supply = WordRule(
    "supply",
    "linear: takes the same current at any voltage; switching: takes the same power",
    allowed: ["linear", "switching"])
}

/// What a curve of a profile may be.
struct CurveRule: Sendable {
  let key: String
  let meaning: String
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  let isRequired: Bool

  static var all: [CurveRule] {
    [voltsByChargePercent, ohmsByChargePercent, capacityByMilliamperes, percentByCelsius]
  }

  static let voltsByChargePercent = CurveRule(
    key: "voltsByChargePercent",
    meaning: "the voltage at rest by the percentage of charge that is left",
    x: 0...100, y: 0.1...60, isRequired: true)
  static let ohmsByChargePercent = CurveRule(
    key: "ohmsByChargePercent",
    meaning: "the internal resistance by the percentage of charge that is left",
    x: 0...100, y: 0...10_000, isRequired: false)
  static let capacityByMilliamperes = CurveRule(
    key: "capacityByMilliamperes",
    meaning: "the mAh that a constant current gets out; the kinetic model is fitted to them",
    x: 0.001...100_000, y: 0.01...1_000_000, isRequired: false)
  static let percentByCelsius = CurveRule(
    key: "percentByCelsius",
    meaning: "the percentage of the capacity that is there at a temperature",
    x: -60...120, y: 1...120, isRequired: false)
}
