import Energy
import Scenarios

/// The prices and the battery that a scenario names.
struct EnergyBook {
  let prices: EnergyPrices
  /// Nil for a device on mains.
  let battery: BatteryProfile?

  /// The profiles inside the program, read once.
  private static let library = Result { try ProfileLibrary.builtIn() }

  /// Finds the profiles, and says which there are where one is not known.
  init(_ model: EnergyModel, _ device: DeviceModel, _ cloud: CloudModel) throws(WorldError) {
    let library: ProfileLibrary
    do { library = try Self.library.get() } catch {
      throw WorldError(description: "the built-in profiles: \(error)")
    }
    let core = try Self.find(model.core, in: library.cores, "core")
    guard let exchange = library.exchanges.first,
      let entry = library.costs.entry(core: core.words["instructionsOf"] ?? "")
    else {
      throw WorldError(description: "there are no instruction counts for the core \(core.id)")
    }
    var parts = DeviceParts(
      core: core, radio: try Self.find(model.radio, in: library.radios, "radio"),
      sensor: try Self.find(model.sensor, in: library.sensors, "sensor"), exchange: exchange,
      costs: library.costs, entry: entry)
    parts.isAcknowledged = device.quality > 0
    prices = EnergyPrices(
      parts: parts, signing: device.credential == .jwtES256 ? .es256Sign : .rs256Sign,
      serverChain: cloud.serverChain == .rsa ? .rsa : .ec)
    guard let name = model.battery else {
      battery = nil
      return
    }
    let battery = try Self.find(name, in: library.batteries, "battery")
    let fresh = VirtualBattery(
      battery, celsius: model.celsius, spreadPercent: 0, prices: prices)
    if let objection = fresh.objection(prices) {
      throw WorldError(
        description:
          "\(battery.name) cannot feed this device: it ends at once (\(objection.rawValue)); "
          + "`swiftlet energy` says why")
    }
    self.battery = battery
  }

  private static func find<Key>(
    _ id: String, in profiles: [Profile<Key>], _ kind: String
  ) throws(WorldError) -> Profile<Key> {
    if let found = profiles.first(where: { $0.id == id }) { return found }
    let names = profiles.map(\.id).joined(separator: ", ")
    throw WorldError(description: "there is no \(kind) '\(id)'; there are \(names)")
  }
}
