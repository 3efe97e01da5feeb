/// Something that a device is put together from, with its figures and their sources.
public struct Profile<Key: FigureKey>: Sendable {
  /// How it is named on the command line.
  public let id: String
  /// What it is called in print.
  public let name: String
  /// The words it has beside its figures.
  public let words: [String: String]
  /// Its figures; those that are not here have their fallback.
  public var figures: [Key: Figure]
  /// Its curves by name.
  public var curves: [String: Curve]

  /// Creates a profile; each figure without a fallback has to be there.
  public init(
    id: String, name: String, words: [String: String], figures: [Key: Figure],
    curves: [String: Curve] = [:]
  ) {
    for key in Key.allCases where key.rule.fallback == nil { precondition(figures[key] != nil) }
    self.id = id
    self.name = name
    self.words = words
    self.figures = figures
    self.curves = curves
  }

  /// The number for `key` at an end of the bands.
  public subscript(_ key: Key, _ bound: Bound = .middle) -> Double {
    let rule = key.rule
    return figures[key]?.value(at: bound, effect: rule.effect) ?? rule.fallback ?? 0
  }

  /// The same profile with the figure `key` set to a number, for trying out.
  public func setting(_ key: Key, to value: Double) -> Profile {
    var changed = self
    changed.figures[key] = Figure(value: value, standing: .estimate, source: "set by hand")
    return changed
  }

  /// How the device takes its power: the same current or the same power at every voltage.
  var isSwitching: Bool { words["supply"] == "switching" }
}

/// A processor core.
public typealias CoreProfile = Profile<CoreFigure>
/// A radio or another network.
public typealias RadioProfile = Profile<RadioFigure>
/// A sensor.
public typealias SensorProfile = Profile<SensorFigure>
/// A battery.
public typealias BatteryProfile = Profile<BatteryFigure>
/// What protocols send.
public typealias ExchangeProfile = Profile<ExchangeFigure>
