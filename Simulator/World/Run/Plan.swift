import Device
import Energy
import Results
import Scenarios
import Units

/// All that the devices of a run have in common.
final class Plan: Sendable {
  /// What is run, as the seed's swarm has changed it.
  let scenario: Scenario
  let seed: UInt64
  /// What goes wrong, the swarm's faults included.
  let faults: [Fault]
  let profile: CloudProfile

  /// When faults and publishing end, in milliseconds.
  let duration: UInt64
  /// When the run ends.
  let end: UInt64
  /// The time between a device's messages; nil if it sends none.
  let publishInterval: UInt64?
  let quality: Int
  let payloadBytes: Int
  /// The date at the beginning, in milliseconds since 1970.
  let epoch: Int64

  /// What things cost, and how long they take; nil where energy is not of interest.
  let prices: EnergyPrices?
  let battery: BatteryProfile?
  let signatureMicroseconds: UInt64
  let fullHandshakeMicroseconds: UInt64
  let resumedHandshakeMicroseconds: UInt64
  /// All that the server sends in a full handshake.
  let fullReceived: Int
  /// Bugs that a test plants to see that they are found.
  let planted: PlantedBug?

  init(_ given: Scenario, seed: UInt64, planted: PlantedBug? = nil) {
    var scenario = given
    if given.hasSwarm { Swarm.vary(&scenario, seed: seed) }
    self.scenario = scenario
    self.seed = seed
    self.planted = planted
    faults = scenario.faults
    let model = scenario.device
    var profile = CloudProfile.google
    profile.keepAliveSeconds = UInt16(clamping: max(1, model.keepAlive.seconds))
    profile.keepsSession = model.keepsSession
    profile.tokenLifetimeMaximum = max(model.tokenLife, Interval(seconds: 4))
    self.profile = profile
    duration = scenario.duration.milliseconds
    end = duration + scenario.settleTime.milliseconds
    publishInterval =
      model.messagesPerHour > 0 ? UInt64(max(1, 3_600_000 / model.messagesPerHour)) : nil
    quality = model.quality
    payloadBytes = max(Message.headerCount, model.payloadBytes)
    epoch = scenario.epoch.milliseconds
    fullReceived =
      scenario.cloud.serverChain == .rsa ? Limits.fullReceivedRSA : Limits.fullReceivedEC
    let energy = model.energy.flatMap { EnergyBook($0, model, scenario.cloud) }
    prices = energy?.prices
    battery = energy?.battery
    signatureMicroseconds = prices?.signature.microseconds ?? Limits.signatureMicroseconds
    fullHandshakeMicroseconds =
      prices?.fullHandshake.microseconds ?? Limits.fullHandshakeMicroseconds
    resumedHandshakeMicroseconds =
      prices?.resumedHandshake.microseconds ?? Limits.resumedHandshakeMicroseconds
  }
}

/// A bug in the model world that a test has the checker find.
enum PlantedBug: Sendable {
  /// The broker acknowledges every 20th message and forgets it.
  case brokerLosesMessages
  /// The flash loses what was programmed when the power fails.
  case flashForgets
  /// The broker sends messages of one device on in another order.
  case brokerReorders
  /// Tokens begin an hour from now.
  case tokensFromTheFuture
  /// The signer gives the refused token once more.
  case tokensComeAgain
  /// The broker never answers PUBLISH.
  case neverAcknowledges
}

/// The prices and the battery that a scenario names.
struct EnergyBook {
  let prices: EnergyPrices
  let battery: BatteryProfile?

  /// The profiles inside the program, read once.
  private static let library = try? ProfileLibrary.builtIn()

  /// Finds the profiles; nil where one is not known.
  init?(_ model: EnergyModel, _ device: DeviceModel, _ cloud: CloudModel) {
    guard let library = Self.library,
      let core = library.cores.first(where: { $0.id == model.core }),
      let radio = library.radios.first(where: { $0.id == model.radio }),
      let sensor = library.sensors.first(where: { $0.id == model.sensor }),
      let exchange = library.exchanges.first,
      let entry = library.costs.entry(core: core.words["instructionsOf"] ?? "")
    else { return nil }
    var parts = DeviceParts(
      core: core, radio: radio, sensor: sensor, exchange: exchange, costs: library.costs,
      entry: entry)
    parts.isAcknowledged = device.quality > 0
    prices = EnergyPrices(
      parts: parts, signing: device.credential == .jwtES256 ? .es256Sign : .rs256Sign,
      serverChain: cloud.serverChain == .rsa ? .rsa : .ec)
    battery = model.battery.flatMap { name in library.batteries.first { $0.id == name } }
    if model.battery != nil, battery == nil { return nil }
  }
}
