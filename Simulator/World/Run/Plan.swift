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
  /// The messages that a device can have waiting at most.
  let messageMaximum: Int
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

  init(
    _ given: Scenario, seed: UInt64, planted: PlantedBug? = nil
  ) throws(WorldError) {
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
    payloadBytes = max(Message.headerCount, min(1_400, model.payloadBytes))
    messageMaximum =
      model.flash.blockCount > 1
      ? max(16, model.flash.blockCount * model.flash.blockBytes / payloadBytes) : 16
    epoch = scenario.epoch.milliseconds
    fullReceived =
      scenario.cloud.serverChain == .rsa ? Limits.fullReceivedRSA : Limits.fullReceivedEC
    let energy: EnergyBook?
    if let parts = model.energy {
      energy = try EnergyBook(parts, model, scenario.cloud)
    } else {
      energy = nil
    }
    prices = energy?.prices
    battery = energy?.battery
    signatureMicroseconds = prices?.signature.microseconds ?? Limits.signatureMicroseconds
    fullHandshakeMicroseconds =
      prices?.fullHandshake.microseconds ?? Limits.fullHandshakeMicroseconds
    resumedHandshakeMicroseconds =
      prices?.resumedHandshake.microseconds ?? Limits.resumedHandshakeMicroseconds
  }
}
