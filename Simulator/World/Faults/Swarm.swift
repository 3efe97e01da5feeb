import Jitter
import Scenarios
import Units

/// Another world for each seed: other devices, and another mix of everything that can go wrong.
///
/// What is drawn depends on the seed alone, so that all devices of a run live in the same world.
enum Swarm {
  /// Changes a scenario as the seed wants it.
  static func vary(_ scenario: inout Scenario, seed: UInt64) {
    var random = Draw.stream(seed, Draw.fleet, .swarm)
    varyDevice(&scenario.device, &random)
    varyNetwork(&scenario.network, &random)
    varyCloud(&scenario.cloud, &random)
    let share = [0.1, 0.25, 0.5][Int(random.below(3))]
    for kind in Fault.Kind.allCases where random.happens(share) {
      scenario.faults.append(fault(kind, within: scenario.duration, &random))
    }
  }

  private static func varyDevice(_ device: inout DeviceModel, _ random: inout SplitMix64) {
    device.messagesPerHour = pick([1, 4, 12, 12, 60, 240], &random)
    device.payloadBytes = pick([16, 17, 64, 64, 200, 700, 1_400], &random)
    device.highPriorityEvery = pick([0, 0, 0, 7], &random)
    device.credential = pick([.jwtES256, .jwtES256, .jwtRS256], &random)
    device.tokenLife = Interval(seconds: pick([600, 3_600, 3_600, 86_400], &random))
    device.tokenJitter = Interval(seconds: pick([0, 60, 3_480], &random))
    device.keepAlive = Interval(seconds: random.draw(5, 600))
    device.keepsSession = random.happens(0.7)
    device.timeServerCount = Int(random.draw(1, 3))
    device.clockDriftMillionths = pick([0, 20, 50, 100], &random)
    device.flash.programUnit = pick([1, 4, 8, 8, 16, 32], &random)
    device.flash.blockBytes = pick([2_048, 4_096, 4_096, 8_192], &random)
    // A message has to find room beside others: long ones want large blocks.
    if device.payloadBytes > 500 { device.flash.blockBytes = 4_096 }
    device.flash.blockCount = pick([0, 2, 3, 4, 4, 8], &random)
    device.flash.endurance = pick([50, 1_000, 100_000], &random)
    device.flash.whenFull = pick(FlashModel.WhenFull.allCases, &random)
    device.backOff.cap = Interval(seconds: pick([16, 64, 1_024], &random))
  }

  private static func varyNetwork(_ network: inout NetworkModel, _ random: inout SplitMix64) {
    network.latencyMinimum = Interval(milliseconds: pick([0, 5, 20, 300], &random))
    network.latencyMaximum =
      network.latencyMinimum + Interval(milliseconds: pick([0, 100, 1_500], &random))
    network.loss = pick([0, 0, 0.01, 0.05], &random)
    network.reordering = pick([0, 0, 0.2], &random)
  }

  private static func varyCloud(_ cloud: inout CloudModel, _ random: inout SplitMix64) {
    cloud.closesAtExpiry = random.happens(0.8)
    cloud.resumesSessions = random.happens(0.8)
    cloud.serverChain = pick(CloudModel.ServerChain.allCases, &random)
    cloud.connectTime = Interval(milliseconds: pick([0, 20, 2_000], &random))
  }

  /// A fault that comes again and again, seldom or often, for moments or for hours.
  private static func fault(
    _ kind: Fault.Kind, within duration: Interval, _ random: inout SplitMix64
  ) -> Fault {
    let often = random.draw(1, 24)
    let mean = Interval(milliseconds: max(60_000, duration.milliseconds / often))
    let longest: UInt64 = pick([100, 5_000, 60_000, 600_000, 7_200_000], &random)
    let shortest = random.draw(1, longest)
    let scope: Fault.Scope =
      random.happens(0.4) ? .fleet : .device(probability: pick([0.3, 1], &random))
    var fault = Fault(
      kind, .random(meanBetween: mean),
      lasts: Interval(milliseconds: shortest)...Interval(milliseconds: longest), scope: scope)
    switch kind {
    case .latency: fault.strength = pick([0.5, 5, 40], &random)
    case .loss: fault.strength = pick([0.05, 0.3, 0.8], &random)
    case .brokerRestart: fault.strength = pick([0, 1], &random)
    case .throttle: fault.strength = pick([0.5, 0.9, 1], &random)
    case .timeStep: fault.strength = pick([5, 100, 86_400, 40_000_000], &random)
    case .timeDrift: fault.strength = pick([50, 500, 5_000], &random)
    case .bitRot: fault.strength = pick([1, 20], &random)
    case .wearOut: fault.strength = pick([0.9, 0.99, 1], &random)
    case .reordering, .partition, .asymmetric, .clog, .captivePortal, .tokenRefusal,
      .brokerSilence, .certificateRotation, .rootDeath, .timeOutage, .timeSpoof, .kissOfDeath,
      .badBlock, .powerCut, .brownOut, .entropyLoss:
      break
    }
    return fault
  }

  private static func pick<Value>(_ values: [Value], _ random: inout SplitMix64) -> Value {
    values[Int(random.below(UInt64(values.count)))]
  }
}
