import Foundation

/// How long a battery lasts under a demand.
public struct BatteryLife: Sendable {
  /// The hours until it ends.
  public let hours: Double
  /// What ended it.
  public let end: End
  /// How it fared on the way.
  public let samples: [Sample]

  /// What ended a battery's life.
  public enum End: String, Sendable, Codable {
    /// No charge was left that the load could draw.
    case empty
    /// The voltage under the highest load fell below what the device needs, or below the cut-off.
    case voltage
    /// The maker promises nothing beyond.
    case shelfLife
  }

  /// A battery at a time of its life.
  public struct Sample: Sendable, Equatable {
    /// The days of use.
    public let days: Double
    /// The percentage of the charge that is left.
    public let percent: Double
    /// The voltage at rest.
    public let volts: Double
  }

  /// The life in days.
  public var days: Double { hours / 24 }

  /// Lets a new battery feed the demand until it ends.
  ///
  /// A cycle is a burst and a rest. Blocks of cycles are taken in one step, because the currents
  /// hardly change within half a percent of the charge; the block in which the battery ends is
  /// halved down to its last cycle.
  public init(
    _ demand: Demand, battery: BatteryProfile, celsius: Double, bound: Bound
  ) {
    var state = BatteryState(battery, celsius: celsius, bound: bound)
    let limit = battery[.shelfLifeYears, bound] * 8_766
    let conditions = Conditions(demand, battery, bound)
    var hours = 0.0
    var samples = [Sample(days: 0, percent: state.percent, volts: state.restVolts)]
    var end = conditions.end(of: state)
    var count = 1
    while end == nil {
      guard hours < limit else {
        end = .shelfLife
        break
      }
      let cycle = conditions.cycle(of: state)
      let rate = max(cycle.meanMilliamperes, 1e-9)
      let cycleHours = demand.cycleHours
      // Half a percent of the charge, and at most ten days, in which self-discharge is small too.
      let wanted = min(state.fullCharge / 200 / rate, 240) / cycleHours
      count = max(1, min(Int(wanted.rounded(.down)), 1 << 40))
      count = min(count, max(1, Int(((limit - hours) / cycleHours).rounded(.up))))
      var next = state
      while true {
        next = state
        next.apply(cycle.step.times(count))
        end = conditions.end(of: next)
        guard end != nil, count > 1 else { break }
        count /= 2
      }
      if end != nil {
        hours += conditions.remainder(of: state, cycle: cycle)
      } else {
        hours += Double(count) * cycleHours
      }
      state = next
      samples.append(
        Sample(days: hours / 24, percent: state.percent, volts: state.restVolts))
    }
    self.hours = min(hours, limit)
    self.end = end ?? .shelfLife
    self.samples = samples
  }
}

/// The currents of a demand from a battery, and the voltages that it needs.
private struct Conditions {
  private let demand: Demand
  private let outlet: Outlet
  private let voltsNeeded: Double

  struct Cycle {
    let step: KineticStep
    let burst: Double
    let rest: Double
    let meanMilliamperes: Double
  }

  init(_ demand: Demand, _ battery: BatteryProfile, _ bound: Bound) {
    self.demand = demand
    outlet = Outlet(battery, bound)
    voltsNeeded = outlet.voltsNeeded(by: demand)
  }

  /// The burst and the rest of a cycle from the battery as it is.
  func cycle(of state: BatteryState) -> Cycle {
    let volts = max(state.restVolts, 0.1)
    let mean = current(demand.average, volts)
    let rest = current(demand.rest, volts)
    let (cycle, busy) = (demand.cycleHours, demand.burstHours)
    // Averaged over the cycle, burst and rest give the mean; a capacitor flattens it all.
    guard busy > 0, outlet.farads == 0 else {
      return Cycle(
        step: state.step(mean, hours: cycle), burst: mean, rest: mean, meanMilliamperes: mean)
    }
    let burst = max(rest, (mean * cycle - rest * (cycle - busy)) / busy)
    let step = state.step(burst, hours: busy).then(state.step(rest, hours: cycle - busy))
    return Cycle(step: step, burst: burst, rest: rest, meanMilliamperes: mean)
  }

  /// What ends the life of the battery as it is, if anything.
  func end(of state: BatteryState) -> BatteryLife.End? {
    if state.isEmpty { return .empty }
    let volts = max(state.restVolts, 0.1)
    let load =
      outlet.farads > 0
      ? current(demand.average, volts)
      : demand.peakMilliamperes(from: outlet, atVolts: volts)
    return state.volts(under: load) < voltsNeeded ? .voltage : nil
  }

  /// The hours of the last cycle that the battery still manages.
  func remainder(of state: BatteryState, cycle: Cycle) -> Double {
    var wells = state.wells
    let busy = demand.burstHours
    if let time = wells.timeUntilEmpty(at: cycle.burst, within: max(busy, 1e-12)) { return time }
    wells.draw(cycle.burst, for: busy)
    let rest = max(demand.cycleHours - busy, 1e-12)
    return busy + (wells.timeUntilEmpty(at: cycle.rest, within: rest) ?? rest)
  }

  private func current(_ drain: HourlyLoad.Drain, _ volts: Double) -> Double {
    Demand.milliamperes(of: drain, from: outlet, atVolts: volts) + outlet.leakage
  }
}
