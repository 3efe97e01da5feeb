import Energy
import Foundation

/// Parts, policies and results for the tests, with the profiles inside the program.
struct Bench {
  let library: ProfileLibrary
  var core = "nrf52840"
  var radio = "nb-iot-rai"
  var sensor = "sht40"
  var battery = "3xaa-alkaline"
  var plan = TrafficPlan()
  var celsius = 20.0
  var isAcknowledged = true
  /// Which of the core's cost tables counts; nil for the first, the firmware as it is shipped.
  var setting: String?

  /// Read once: a test asks for it hundreds of times.
  private static let shared = Result { try ProfileLibrary.builtIn() }

  init() throws { library = try Self.shared.get() }

  /// The set-up of the nRF9160 thesis: a payload of 536 bytes an hour, unacknowledged, from a
  /// reference cell of 300 mAh, with neither pings nor questions for the time.
  static func thesis(radio: String = "nb-iot-rai") throws -> Bench {
    var bench = try Bench()
    bench.core = "nrf9160"
    bench.radio = radio
    bench.sensor = "payload-536"
    bench.battery = "reference-300mah"
    bench.isAcknowledged = false
    return bench
  }

  func parts() throws -> DeviceParts {
    let core = try find(core, in: library.cores)
    guard
      let entry = library.costs.entry(core: core.words["instructionsOf"] ?? "", setting: setting)
    else {
      throw Missing(what: core.id)
    }
    var parts = DeviceParts(
      core: core, radio: try find(radio, in: library.radios),
      sensor: try find(sensor, in: library.sensors), exchange: library.exchanges[0],
      costs: library.costs, entry: entry)
    parts.isAcknowledged = isAcknowledged
    return parts
  }

  func cell() throws -> BatteryProfile { try find(battery, in: library.batteries) }

  func policy(_ id: String, keepAlive: Double?? = nil) throws -> Policy {
    guard var policy = library.policies.first(where: { $0.id == id }) else {
      throw Missing(what: id)
    }
    if let keepAlive { policy.keepAliveSeconds = keepAlive }
    return policy
  }

  func assess(
    _ policy: Policy, change: (inout DeviceParts) -> Void = { _ in },
    battery changeBattery: (BatteryProfile) -> BatteryProfile = { $0 }
  ) throws -> Assessment {
    var parts = try parts()
    change(&parts)
    return Assessment(
      parts: parts, policy: policy, battery: changeBattery(try cell()),
      traffic: TrafficBand(plan: plan, sensor: parts.sensor), celsius: celsius)
  }

  private func find<Key>(_ id: String, in list: [Profile<Key>]) throws -> Profile<Key> {
    guard let found = list.first(where: { $0.id == id }) else { throw Missing(what: id) }
    return found
  }

  struct Missing: Error { let what: String }
}

/// Whether two numbers are the same within a relative error.
func isNear(_ value: Double, _ wanted: Double, within tolerance: Double) -> Bool {
  abs(value - wanted) <= tolerance * abs(wanted)
}
