import Results
import Scenarios
import Units

@testable import World

/// A small fleet in a small world.
func scenario(
  devices: Int = 2, hours: UInt64 = 6, faults: [Fault] = [],
  change: (inout Scenario) -> Void = { _ in }
) -> Scenario {
  var scenario = Scenario(name: "test")
  scenario.deviceCount = devices
  scenario.duration = Interval(seconds: hours * 3_600)
  scenario.device.energy = nil
  scenario.faults = faults
  change(&scenario)
  return scenario
}

/// What becomes of a scenario.
func run(_ scenario: Scenario, seed: UInt64 = 1, planted: PlantedBug? = nil) -> FleetResult {
  var fleet = VirtualFleet(scenario: scenario, seed: seed)
  fleet.planted = planted
  return fleet.run() ?? FleetResult()
}

extension Fault {
  /// A fault of the whole fleet from a minute on, for some minutes.
  static func at(
    minute: UInt64, _ kind: Kind, minutes: UInt64, strength: Double? = nil
  ) -> Fault {
    let length = Interval(seconds: minutes * 60)
    return Fault(
      kind, .at(Interval(seconds: minute * 60), every: nil), lasts: length...length, scope: .fleet,
      strength: strength)
  }
}
