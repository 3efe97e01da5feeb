import Foundation

/// A battery of a profile at a temperature: its wells, its voltage, its losses.
struct BatteryState: Sendable {
  private(set) var wells: KineticBattery
  let fullCharge: Double
  let volts: Curve
  private let ohms: Curve?
  private let fixedOhms: Double
  /// The share of the charge that is left after an hour without a load.
  let keptPerHour: Double

  private static let gasConstant = 8.314462618e-3
  private static let kelvinAtZero = 273.15
  private static let ratedCelsius = 20.0

  /// A new battery; charges are in mAh, times in hours, currents in mA.
  init(_ profile: BatteryProfile, celsius: Double, bound: Bound) {
    let warmth = (profile.curves["percentByCelsius"]?[celsius] ?? 100) / 100
    fullCharge = profile[.capacityMilliampereHours, bound] * warmth
    let share = profile[.kineticAvailablePercent, bound] / 100
    let rate = profile[.kineticRatePerHour, bound]
    let energy = profile[.kineticActivationKilojoulesPerMole, bound]
    let inverse =
      1 / (celsius + Self.kelvinAtZero) - 1 / (Self.ratedCelsius + Self.kelvinAtZero)
    wells = KineticBattery(
      capacity: fullCharge, share: share, rate: rate * exp(-energy / Self.gasConstant * inverse))
    volts = profile.curves["voltsByChargePercent"] ?? Curve.flat(3.7)
    ohms = profile.curves["ohmsByChargePercent"]
    fixedOhms = profile[.internalOhms, bound]
    let lost = profile[.selfDischargePercentPerYear, bound] / 100
    let doubling = pow(
      2, (celsius - Self.ratedCelsius) / profile[.selfDischargeDoublingCelsius, bound])
    keptPerHour = pow(1 - lost, doubling / 8_766)
  }

  /// The percentage of the charge that is left.
  var percent: Double { max(0, min(100, wells.charge / fullCharge * 100)) }

  /// The voltage at rest.
  var restVolts: Double { volts[percent] }

  /// The voltage under a load.
  func volts(under milliamperes: Double) -> Double {
    restVolts - milliamperes / 1_000 * resistance
  }

  /// The internal resistance in ohms.
  var resistance: Double { ohms?[percent] ?? fixedOhms }

  /// True once the available well is empty.
  var isEmpty: Bool { wells.available <= 0 }

  /// The step of a current for some hours, self-discharge included.
  func step(_ milliamperes: Double, hours: Double) -> KineticStep {
    KineticStep(current: milliamperes, time: hours, share: wells.share, rate: wells.rate)
      .keeping(pow(keptPerHour, hours))
  }

  mutating func apply(_ step: KineticStep) {
    (wells.available, wells.bound) = step.applied(wells.available, wells.bound)
  }
}

extension Curve {
  static func flat(_ value: Double) -> Curve {
    Curve([Point(x: 0, y: value)], standing: .estimate, source: "flat")
  }
}
