/// A battery that a simulated device lives on: fed with what the device took, it says when it ends.
///
/// The same wells, voltages and losses as in `BatteryLife`, driven by what happened instead of by
/// an average.
public struct VirtualBattery: Sendable {
  private var state: BatteryState
  private let outlet: Outlet
  private let voltsNeeded: Double
  private let shelfLifeHours: Double
  private var hours = 0.0
  private var served = PerPart<UInt64>(core: 0, radio: 0, sensor: 0)

  /// A new battery whose capacity differs from its profile's by `spreadPercent`.
  public init(
    _ profile: BatteryProfile, celsius: Double, spreadPercent: Double, prices: EnergyPrices
  ) {
    let capacity = profile[.capacityMilliampereHours] * (1 + spreadPercent / 100)
    let cell = profile.setting(.capacityMilliampereHours, to: capacity)
    state = BatteryState(cell, celsius: celsius, bound: .middle)
    outlet = Outlet(cell, .middle)
    voltsNeeded =
      outlet.isRegulated ? outlet.cutOff : max(outlet.cutOff, prices.minimumVolts)
    shelfLifeHours = profile[.shelfLifeYears] * 8_766
  }

  /// The percentage of its charge that is left.
  public var percent: Double { state.percent }

  /// Gives what `meter` has counted since the last call, in even pieces over `hours`; returns what
  /// ended the battery, or nil.
  public mutating func serve(
    _ meter: borrowing EnergyMeter, for hours: Double, _ prices: borrowing EnergyPrices
  ) -> BatteryLife.End? {
    let parts = meter.parts
    var current = outlet.leakage
    let volts = max(state.restVolts, 0.1)
    for (total, before, supply) in [
      (parts.core, served.core, prices.supplies.core),
      (parts.radio, served.radio, prices.supplies.radio),
      (parts.sensor, served.sensor, prices.supplies.sensor),
    ] {
      current += milliamperes(Double(total - before) / 1e6, supply, volts, hours)
    }
    served = parts
    state.apply(state.step(current, hours: hours))
    self.hours += hours
    return end(mean: current, prices)
  }

  /// What keeps a new battery from feeding the device at all, or nil.
  public func objection(_ prices: borrowing EnergyPrices) -> BatteryLife.End? {
    end(mean: 0, prices)
  }

  private func end(mean: Double, _ prices: borrowing EnergyPrices) -> BatteryLife.End? {
    if state.isEmpty { return .empty }
    if hours >= shelfLifeHours { return .shelfLife }
    let volts = max(state.restVolts, 0.1)
    // A capacitor across the battery gives the peaks, and the battery the mean.
    let load = outlet.farads > 0 ? mean : peak(atVolts: volts, prices)
    return state.volts(under: load) < voltsNeeded ? .voltage : nil
  }

  private func peak(atVolts volts: Double, _ prices: borrowing EnergyPrices) -> Double {
    prices.peaks.reduce(0) { sum, part in
      guard !outlet.isRegulated else {
        return sum + part.milliamperes * part.supply.volts / (volts * outlet.efficiency)
      }
      return sum + part.supply.milliamperes(part.milliamperes, atVolts: volts)
    }
  }

  /// The mean current from the battery for some millijoules.
  private func milliamperes(
    _ millijoules: Double, _ supply: Supply, _ volts: Double, _ hours: Double
  ) -> Double {
    let source: Double =
      if outlet.isRegulated {
        volts * outlet.efficiency
      } else {
        supply.isSwitching ? volts : supply.volts
      }
    return millijoules / source / 3_600 / hours
  }
}
