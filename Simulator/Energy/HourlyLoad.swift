/// What a device takes in an average hour, by cause.
public struct HourlyLoad: Sendable {
  /// What a cause takes.
  public struct Drain: Sendable, Equatable {
    /// The energy in millijoules, at the voltages that the figures hold for.
    public fileprivate(set) var millijoules = 0.0
    /// The part that is a current, whatever the voltage, in millicoulombs.
    public fileprivate(set) var linearMillicoulombs = 0.0
    /// The part that is a power, whatever the voltage, in millijoules.
    public fileprivate(set) var switchingMillijoules = 0.0

    fileprivate mutating func add(_ other: Drain) {
      millijoules += other.millijoules
      linearMillicoulombs += other.linearMillicoulombs
      switchingMillijoules += other.switchingMillijoules
    }
  }

  private var drains: [Cause: Drain] = [:]
  /// The seconds an hour in which the core computes.
  public private(set) var computeSeconds = 0.0
  /// The seconds an hour in which the radio is at work, its tail included.
  public private(set) var radioSeconds = 0.0

  /// Creates the load of a device that takes nothing.
  public init() {}

  /// What `cause` takes.
  public subscript(_ cause: Cause) -> Drain { drains[cause] ?? Drain() }

  /// What all causes take together.
  public var total: Drain { sum(of: Cause.allCases) }

  /// What some causes take together.
  func sum(of causes: [Cause]) -> Drain {
    causes.reduce(into: Drain()) { $0.add(self[$1]) }
  }

  /// Adds a current for a time.
  mutating func add(
    _ milliamperes: Double, for seconds: Double, from supply: Supply, to cause: Cause
  ) {
    let charge = milliamperes * seconds
    var drain = Drain()
    drain.millijoules = charge * supply.volts
    if supply.isSwitching {
      drain.switchingMillijoules = drain.millijoules
    } else {
      drain.linearMillicoulombs = charge
    }
    drains[cause, default: Drain()].add(drain)
  }

  mutating func compute(for seconds: Double) { computeSeconds += seconds }

  mutating func useRadio(for seconds: Double) { radioSeconds += seconds }
}

/// How a part takes its power.
struct Supply: Sendable, Equatable {
  /// The voltage at which its currents hold.
  let volts: Double
  /// Whether it takes the same power at other voltages, or else the same current.
  let isSwitching: Bool

  /// The current from a source of `sourceVolts` for a current that holds at `volts`.
  func milliamperes(_ milliamperes: Double, atVolts sourceVolts: Double) -> Double {
    isSwitching ? milliamperes * volts / sourceVolts : milliamperes
  }
}
