import Foundation
import Page

/// Whether a battery can feed a device at all, and if not, a sentence that says why.
///
/// A mean current says nothing about it: a coin cell with years of charge in it breaks down under
/// the first burst of a cellular radio.
enum Pairing {
  /// Why the battery cannot feed the device, or nil.
  static func objection(
    _ demand: Demand, battery: BatteryProfile, celsius: Double, bound: Bound
  ) -> String? {
    let outlet = Outlet(battery, bound)
    let fresh = BatteryState(battery, celsius: celsius, bound: bound)
    return dutyCycle(demand) ?? temperature(battery, celsius)
      ?? voltage(demand, battery, outlet, fresh)
      ?? (outlet.farads > 0
        ? buffer(demand, battery, outlet, fresh) : pulse(demand, battery, outlet, fresh))
      ?? mean(demand, battery, outlet, fresh)
  }

  private static func dutyCycle(_ demand: Demand) -> String? {
    guard demand.busySecondsPerHour > 3_600 else { return nil }
    return
      "The device would have to work \(number(demand.busySecondsPerHour)) seconds in every hour of "
      + "3600: send less often, or take a faster core or radio."
  }

  private static func temperature(_ battery: BatteryProfile, _ celsius: Double) -> String? {
    let (low, high) = (battery[.minimumCelsius], battery[.maximumCelsius])
    guard celsius < low || celsius > high else { return nil }
    return
      "\(battery.name) works from \(number(low)) to \(number(high)) degrees, not at "
      + "\(number(celsius))."
  }

  private static func voltage(
    _ demand: Demand, _ battery: BatteryProfile, _ outlet: Outlet, _ fresh: BatteryState
  ) -> String? {
    let needed = outlet.voltsNeeded(by: demand)
    guard fresh.restVolts < needed else { return nil }
    guard demand.minimumVolts >= outlet.cutOff, !outlet.isRegulated else {
      return
        "\(battery.name) counts as empty below \(number(needed)) V, and has only "
        + "\(number(fresh.restVolts)) V when it is new."
    }
    return
      "\(battery.name) gives \(number(fresh.restVolts)) V when it is new, and \(demand.neediest) "
      + "needs \(number(needed)) V: put cells in series, or a regulator between."
  }

  private static func pulse(
    _ demand: Demand, _ battery: BatteryProfile, _ outlet: Outlet, _ fresh: BatteryState
  ) -> String? {
    let peak = demand.peakMilliamperes(from: outlet, atVolts: fresh.restVolts)
    let limit = battery[.pulseLimitMilliamperes]
    let cure = cure(demand, outlet, fresh)
    guard peak <= limit else {
      return
        "\(battery.name) gives pulses of at most \(number(limit)) mA, and the device takes "
        + "\(number(peak)) mA when its radio sends: \(cure)"
    }
    let volts = fresh.volts(under: peak)
    let needed = outlet.voltsNeeded(by: demand)
    guard volts < needed else { return nil }
    return
      "\(battery.name) would fall to \(number(volts)) V under pulses of \(number(peak)) mA, even "
      + "new, and \(number(needed)) V are needed: \(cure)"
  }

  /// A capacitor that would do: half of the room between the new battery and the lowest voltage.
  private static func cure(_ demand: Demand, _ outlet: Outlet, _ fresh: BatteryState) -> String {
    let room = (fresh.restVolts - outlet.voltsNeeded(by: demand)) / 2
    guard room > 0.05 else { return "take another battery." }
    let charge = demand.session.millijoules / fresh.restVolts
    let millifarads = (charge / room).rounded(.up)
    return
      "take another battery, or put a capacitor of \(number(max(1, millifarads))) mF across it, "
      + "which feeds a whole session."
  }

  private static func buffer(
    _ demand: Demand, _ battery: BatteryProfile, _ outlet: Outlet, _ fresh: BatteryState
  ) -> String? {
    let charge = demand.session.millijoules / 1_000 / (fresh.restVolts * outlet.efficiency)
    let drop = charge / outlet.farads
    let needed = outlet.voltsNeeded(by: demand)
    guard fresh.restVolts - drop < needed else { return nil }
    let farads = charge / (fresh.restVolts - needed)
    return
      "A session of \(number(demand.session.seconds)) s takes \(number(charge * 1_000)) mC and "
      + "would draw the capacitor of \(number(outlet.farads * 1_000)) mF down to "
      + "\(number(fresh.restVolts - drop)) V, where \(number(needed)) V are needed: it takes "
      + "\(number((farads * 1_000).rounded(.up))) mF at least."
  }

  private static func mean(
    _ demand: Demand, _ battery: BatteryProfile, _ outlet: Outlet, _ fresh: BatteryState
  ) -> String? {
    let mean =
      Demand.milliamperes(of: demand.average, from: outlet, atVolts: fresh.restVolts)
      + outlet.leakage
    let limit = battery[.continuousLimitMilliamperes]
    if mean > limit {
      return
        "\(battery.name) gives \(number(limit)) mA for long, and the device takes "
        + "\(number(mean)) mA on average."
    }
    // What is left in the bound well cannot be counted on within a first cycle.
    let hours = fresh.fullCharge / mean
    guard hours < demand.cycleHours else { return nil }
    return
      "\(battery.name) is empty after \(number(hours)) hours, before the first message at "
      + "\(number(demand.cycleHours)) hours."
  }

  /// A number with three digits that count.
  static func number(_ value: Double) -> String { HTML.short(value) }
}
