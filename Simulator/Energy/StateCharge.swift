import Metering
import Platform

/// What a device has really taken, from the times in states that it counted and sent.
///
/// The firmware counts time alone; the currents come from the profiles here. The radio is not in
/// the record: its times are the network's, and boards differ in what they can see of them.
public struct StateCharge: Sendable {
  /// A state with its time and what it took.
  public struct Line: Codable, Sendable, Equatable {
    /// The state.
    public var state: String
    /// The seconds in it.
    public var seconds: Double
    /// The millicoulombs that it took.
    public var millicoulombs: Double
    /// The millijoules that it took.
    public var millijoules: Double
  }

  /// The states in their order.
  public let lines: [Line]
  /// The seconds of all states.
  public let seconds: Double

  /// The states with their names, in the order of the record.
  public static let states: [(PowerState, String)] = [
    (.sleep, "sleep"), (.active, "active"), (.sign, "sign"), (.handshake, "handshake"),
    (.flash, "flash"), (.sensor, "sensor"),
  ]

  /// Multiplies times by currents.
  public init(_ times: StateTimes, core: CoreProfile, sensor: SensorProfile) {
    let active = core[.activeMilliamperes]
    let coreVolts = core[.supplyVolts]
    var lines: [Line] = []
    for (state, name) in Self.states {
      let seconds = Double(times.time(in: state).milliseconds) / 1_000
      var charge = seconds * active
      var energy = charge * coreVolts
      switch state {
      case .active, .sign, .handshake: break
      case .sleep:
        charge =
          seconds * (core[.sleepMicroamperes] + sensor[.standbyMicroamperes]) / 1_000
        energy =
          seconds
          * (core[.sleepMicroamperes] * coreVolts
            + sensor[.standbyMicroamperes] * sensor[.supplyVolts]) / 1_000
      case .flash:
        charge = seconds * max(active, core[.flashMilliamperes])
        energy = charge * coreVolts
      case .sensor:
        charge += seconds * sensor[.measureMilliamperes]
        energy += seconds * sensor[.measureMilliamperes] * sensor[.supplyVolts]
      }
      lines.append(
        Line(state: name, seconds: seconds, millicoulombs: charge, millijoules: energy))
    }
    self.lines = lines
    seconds = Double(times.total.milliseconds) / 1_000
  }

  /// The millijoules an hour of all states together.
  public var millijoulesPerHour: Double {
    guard seconds > 0 else { return 0 }
    return lines.reduce(0) { $0 + $1.millijoules } / seconds * 3_600
  }
}
