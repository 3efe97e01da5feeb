/// What a battery has to give: in an average hour, in a burst and in its highest peak.
public struct Demand: Sendable {
  let average: HourlyLoad.Drain
  /// What the sleeping device takes in an hour.
  let rest: HourlyLoad.Drain
  let cycleHours: Double
  /// How long the device is busy in a cycle.
  let burstHours: Double
  /// Currents that add up in the highest peak, each with its supply.
  let peak: [(milliamperes: Double, supply: Supply)]
  /// The longest session in one go: its energy and its time.
  let session: (millijoules: Double, seconds: Double)
  let minimumVolts: Double
  /// Who it is that needs that voltage.
  let neediest: String
  let load: HourlyLoad
  let busySecondsPerHour: Double

  /// Takes together what a model computed.
  public init(_ model: LoadModel) {
    load = model.load
    average = load.total
    rest = load[.sleep]
    cycleHours = max(1e-6, model.traffic.secondsBetween / 3_600)
    busySecondsPerHour = load.radioSeconds + load.computeSeconds
    burstHours = min(cycleHours, busySecondsPerHour / 3_600 * cycleHours)
    peak = [
      (model.radio[.peakMilliamperes, model.bound], model.radioSupply),
      (model.core[.activeMilliamperes, model.bound], model.coreSupply),
    ]
    session = model.longestSession
    let needs = [
      (model.core[.minimumVolts, model.bound], model.core.name),
      (model.radio[.minimumVolts, model.bound], model.radio.name),
      (model.sensor[.minimumVolts, model.bound], model.sensor.name),
    ]
    let highest = needs.max { $0.0 < $1.0 } ?? (0, "")
    (minimumVolts, neediest) = highest
  }

  /// The mean current of `drain` in an hour, from an outlet of some voltage.
  static func milliamperes(
    of drain: HourlyLoad.Drain, from outlet: Outlet, atVolts volts: Double
  ) -> Double {
    guard !outlet.isRegulated else {
      return drain.millijoules / (volts * outlet.efficiency) / 3_600
    }
    return (drain.linearMillicoulombs + drain.switchingMillijoules / volts) / 3_600
  }

  /// The highest current from an outlet of some voltage.
  func peakMilliamperes(from outlet: Outlet, atVolts volts: Double) -> Double {
    peak.reduce(0) { sum, part in
      guard !outlet.isRegulated else {
        return sum + part.milliamperes * part.supply.volts / (volts * outlet.efficiency)
      }
      return sum + part.supply.milliamperes(part.milliamperes, atVolts: volts)
    }
  }
}

extension LoadModel {
  /// The session that takes most, for a capacitor that has to feed it: energy and time.
  var longestSession: (millijoules: Double, seconds: Double) {
    let start: RadioSession.Start = policy.connection == .kept ? .idle : .off
    var candidates = [message.parts(of: radio, bound: bound, from: start)]
    if connectionsPerHour > 0 {
      candidates.append(opening.parts(of: radio, bound: bound, from: start))
    }
    let sums = candidates.map { parts in
      (
        millijoules: parts.reduce(0) { $0 + $1.seconds * $1.milliamperes } * radioSupply.volts,
        seconds: parts.reduce(0) { $0 + $1.seconds }
      )
    }
    return sums.max { $0.millijoules < $1.millijoules } ?? (0, 0)
  }
}

/// How a battery is connected to the device.
struct Outlet: Sendable {
  /// What a regulator passes on; 1 without one.
  let efficiency: Double
  /// Whether a regulator makes the device's voltage out of whatever the battery has.
  var isRegulated: Bool { efficiency < 1 }
  /// The capacitor across the battery, in farads; 0 for none.
  let farads: Double
  /// What the capacitor leaks, in mA.
  let leakage: Double
  /// The voltage below which the battery counts as empty.
  let cutOff: Double

  init(_ battery: BatteryProfile, _ bound: Bound) {
    efficiency = battery[.regulatorEfficiencyPercent, bound] / 100
    farads = battery[.bufferMillifarads, bound] / 1_000
    leakage = farads > 0 ? battery[.bufferLeakageMicroamperes, bound] / 1_000 : 0
    cutOff = battery[.cutOffVolts, bound]
  }

  /// The voltage that the battery may not fall below.
  func voltsNeeded(by demand: Demand) -> Double {
    isRegulated ? cutOff : max(cutOff, demand.minimumVolts)
  }
}
