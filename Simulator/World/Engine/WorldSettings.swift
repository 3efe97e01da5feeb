import Bytes
import Device
import Energy
import Identity
import Scenarios
import TimeKeeping
import Units

/// What all devices of a run have in common.
final class WorldSettings: Sendable {
  let scenario: Scenario
  let seed: UInt64
  /// Nil where energy is not of interest.
  let prices: EnergyPrices?
  let battery: BatteryProfile?
  /// What the devices of a coupled run share; nil where they do not meet.
  nonisolated(unsafe) let shared: SharedCloud?

  init(_ scenario: Scenario, seed: UInt64) throws(WorldError) {
    self.scenario = scenario
    self.seed = seed
    // Only the one thread of a coupled run touches it.
    shared = scenario.cloud.connectsPerSecond.map(SharedCloud.init)
    guard let model = scenario.device.energy else {
      prices = nil
      battery = nil
      return
    }
    let library: ProfileLibrary
    do { library = try Self.library.get() } catch {
      throw WorldError(description: "the built-in profiles: \(error)")
    }
    let core = try Self.find(model.core, in: library.cores, "core")
    guard let entry = library.costs.entry(core: core.words["instructionsOf"] ?? "") else {
      throw WorldError(description: "there are no instruction counts for the core \(core.id)")
    }
    let parts = DeviceParts(
      core: core, radio: try Self.find(model.radio, in: library.radios, "radio"),
      sensor: try Self.find(model.sensor, in: library.sensors, "sensor"),
      exchange: library.exchanges[0], costs: library.costs, entry: entry)
    let prices = EnergyPrices(
      parts: parts,
      signing: scenario.device.credential == .jwtES256 ? .es256Sign : .rs256Sign,
      serverChain: scenario.cloud.serverChain == .rsa ? .rsa : .ec)
    self.prices = prices
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

  /// Read once: a run of many seeds makes settings for each.
  private static let library = Result { try ProfileLibrary.builtIn() }

  /// The blocks of the outbox: the whole region, or none.
  var outboxBlocks: Range<Int> { 0..<scenario.device.flash.blockCount }

  /// Tells a device who it is and how it behaves.
  func fill(_ configuration: inout DeviceConfiguration, key: UInt64) throws(Overflow) {
    let model = scenario.device
    configuration.profile.keepAliveSeconds = UInt16(clamping: model.keepAlive.seconds)
    configuration.profile.keepsSession = model.keepsSession
    try configuration.names.project.append("swiftlet")
    try configuration.names.region.append("virtual")
    try configuration.names.registry.append("fleet")
    try configuration.names.device.append(Array("device-\(key % 1_000_000)".utf8).span)
    try configuration.cloudHost.append("cloud")
    let servers: [StaticString] = ["t0", "t1", "t2"]
    for server in servers.prefix(max(1, min(3, model.timeServerCount))) {
      try configuration.timeServers.append(server)
    }
    configuration.timeFloor = UnixTime(seconds: scenario.epoch.seconds - 86_400)
    configuration.outboxBlocks = outboxBlocks
    configuration.outboxPolicy =
      switch model.flash.whenFull {
      case .refuse: .refuse
      case .dropOldest: .dropOldest
      case .dropLowestPriority: .dropLeastImportant
      }
    configuration.tokenPolicy = TokenPolicy(
      lifetime: min(model.tokenLife, configuration.profile.tokenLifetimeMaximum),
      margin: TokenPolicy.standard.margin, jitterMaximum: model.tokenJitter,
      signAhead: TokenPolicy.standard.signAhead)
    configuration.backOffPolicy = BackOffPolicy(
      base: model.backOff.base, cap: model.backOff.cap, floor: model.backOff.floor,
      firstSpread: model.backOff.firstSpread,
      decayTime: BackOffPolicy.standard.decayTime, resetTime: BackOffPolicy.standard.resetTime)
  }

  private static func find<Key>(
    _ id: String, in profiles: [Profile<Key>], _ kind: String
  ) throws(WorldError) -> Profile<Key> {
    if let found = profiles.first(where: { $0.id == id }) { return found }
    let names = profiles.map(\.id).joined(separator: ", ")
    throw WorldError(description: "there is no \(kind) '\(id)'; there are \(names)")
  }
}

/// Why a scenario cannot be run.
public struct WorldError: Error, CustomStringConvertible {
  /// What is wrong with it.
  public let description: String
}
