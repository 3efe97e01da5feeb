import Results
import Scenarios
import Testing
import Units

@testable import World

/// Every kind of fault does what it says, and nothing accepted is lost by it.
@Suite struct FaultTests {
  private func result(
    _ fault: Fault..., hours: UInt64 = 6, change: (inout Scenario) -> Void = { _ in }
  ) -> FleetResult {
    let result = run(scenario(hours: hours, faults: fault, change: change))
    #expect(result.broken == [:], "\(result.breaches)")
    #expect(result.messages.lost == 0)
    for kind in fault { #expect(result.faults[kind.kind.rawValue] == 2) }
    return result
  }

  private func failures(_ result: FleetResult, _ text: String) -> UInt64 {
    result.failures.filter { $0.key.contains(text) }.values.reduce(0, +)
  }

  @Test func nothingGoesWrongWithoutFaults() {
    let result = result()
    #expect(result.messages.accepted == 2 * 6 * 12)
    #expect(result.messages.acknowledged == result.messages.accepted)
    #expect(result.messages.delivered == result.messages.accepted)
    #expect(result.messages.duplicated == 0)
    #expect(result.connects.full == 2 && result.connects.failed == 0)
    #expect(result.deliveryTime.largest < 400)
    #expect(result.time.largestErrorMilliseconds < 200)
    #expect(result.deviceMilliseconds == 2 * 6 * 3_600_000)
  }

  @Test func latency() {
    let result = result(.at(minute: 60, .latency, minutes: 120, strength: 5))
    #expect(result.deliveryTime.largest >= 10_000)
    #expect(result.deliveryTime.percentile(30) < 400)
  }

  @Test func loss() {
    let result = result(.at(minute: 60, .loss, minutes: 240, strength: 0.5))
    #expect(result.deliveryTime.largest >= 1_000)
  }

  @Test func reordering() {
    func error(_ faults: [Fault]) -> UInt64 {
      run(
        scenario(devices: 4, hours: 24, faults: faults) {
          $0.network.latencyMaximum = Interval(milliseconds: 2_000)
        }
      ).time.largestErrorMilliseconds
    }
    #expect(error([.at(minute: 0, .reordering, minutes: 1_440, strength: 1)]) > error([]))
  }

  @Test func partition() {
    let result = result(.at(minute: 60, .partition, minutes: 60))
    #expect(result.offlineTime.largest > 2_400_000)
    #expect(result.connects.failed > 2)
    #expect(result.deliveryTime.largest > 3_000_000)
  }

  @Test func asymmetric() {
    let result = result(.at(minute: 60, .asymmetric, minutes: 60))
    #expect(result.connects.failed > 2)
    #expect(result.deliveryTime.largest > 3_000_000)
  }

  @Test func clog() {
    // Short enough for every patience: all comes at once, and no connection breaks.
    let clog = Fault.at(minute: 60, .clog, minutes: 0)
    var fault = clog
    fault.lasts = Interval(seconds: 15)...Interval(seconds: 15)
    let result = result(fault) { $0.device.messagesPerHour = 1_200 }
    #expect(result.connects.failed == 0)
    #expect(result.deliveryTime.largest > 10_000)
  }

  @Test func captivePortal() {
    let result = result(.at(minute: 60, .captivePortal, minutes: 60))
    #expect(failures(result, "broke the protocol") > 0)
  }

  @Test func brokerRestart() {
    let kept = result(.at(minute: 60, .brokerRestart, minutes: 2))
    #expect(failures(kept, "TCP") >= 2)
    let forgotten = result(.at(minute: 60, .brokerRestart, minutes: 2, strength: 0))
    #expect(kept.digest != forgotten.digest)
  }

  @Test func throttle() {
    let result = result(.at(minute: 60, .throttle, minutes: 120, strength: 1)) {
      $0.device.tokenLife = Interval(seconds: 1_800)
    }
    #expect(result.connects.refused > 2)
    #expect(result.tokens.refused == 0)
  }

  @Test func tokenRefusal() {
    let result = result(.at(minute: 60, .tokenRefusal, minutes: 120)) {
      $0.device.tokenLife = Interval(seconds: 1_800)
    }
    #expect(result.tokens.refused > 2)
    #expect(result.checked["noRefusedTokenReuse"]! > 4)
  }

  @Test func brokerSilence() {
    let result = result(.at(minute: 60, .brokerSilence, minutes: 60))
    #expect(failures(result, "MQTT") > 0)
    #expect(result.messages.duplicated > 0)
  }

  @Test func certificateRotation() {
    let restart = Fault.at(minute: 120, .brokerRestart, minutes: 1)
    #expect(result(restart).connects.full == 2)
    let rotated = result(.at(minute: 60, .certificateRotation, minutes: 1), restart)
    #expect(rotated.connects.full == 4)
  }

  @Test func rootDeath() {
    let result = result(
      .at(minute: 60, .rootDeath, minutes: 60), .at(minute: 70, .brokerRestart, minutes: 1))
    #expect(failures(result, "trusted root") > 0)
  }

  @Test func timeOutage() {
    let result = result(.at(minute: 0, .timeOutage, minutes: 120))
    #expect(result.series.connects.prefix(720).allSatisfy { $0 == 0 })
    #expect(result.connects.full == 2)
  }

  @Test func timeStep() {
    let result = result(.at(minute: 0, .timeStep, minutes: 60, strength: 86_400)) {
      $0.device.timeServerCount = 1
    }
    #expect(result.time.largestErrorMilliseconds > 86_000_000)
    #expect(result.tokens.refused > 0)
  }

  @Test func timeDrift() {
    let result = result(.at(minute: 60, .timeDrift, minutes: 299, strength: 5_000))
    #expect(result.time.largestErrorMilliseconds < 200)
    #expect(result.digest != self.result().digest)
  }

  @Test func timeSpoof() {
    let result = result(.at(minute: 0, .timeSpoof, minutes: 60))
    #expect(result.time.rejections >= 2)
    #expect(result.time.largestErrorMilliseconds < 200)
  }

  @Test func kissOfDeath() {
    let result = result(.at(minute: 0, .kissOfDeath, minutes: 60))
    #expect(result.time.rejections >= 2)
  }

  @Test func bitRot() {
    let result = run(
      scenario(faults: [
        .at(minute: 60, .partition, minutes: 200),
        .at(minute: 200, .bitRot, minutes: 1, strength: 2_000),
      ]))
    #expect(result.broken == [:], "\(result.breaches)")
    #expect(result.messages.dropped + result.flash.corrupted > 0)
  }

  @Test func badBlock() {
    let result = result(.at(minute: 60, .badBlock, minutes: 1), hours: 48)
    #expect(result.flash.blocksErased != run(scenario(hours: 48)).flash.blocksErased)
  }

  @Test func wearOut() {
    let result = result(.at(minute: 60, .wearOut, minutes: 1, strength: 0.99), hours: 24) {
      $0.device.messagesPerHour = 240
    }
    #expect(result.flash.mostErasures > 99_000)
  }

  @Test func powerCut() {
    let fault = Fault(
      .powerCut, .at(Interval(seconds: 600), every: Interval(seconds: 600)),
      lasts: Interval(seconds: 1)...Interval(seconds: 120), scope: .device(probability: 1))
    let result = run(scenario(faults: [fault]))
    #expect(result.broken == [:], "\(result.breaches)")
    #expect(result.messages.lost == 0)
    #expect(result.resets > 20)
  }

  @Test func brownOut() {
    let result = result(.at(minute: 60, .brownOut, minutes: 1))
    #expect(result.resets > 40)
  }

  @Test func entropyLoss() {
    let result = result(.at(minute: 0, .entropyLoss, minutes: 60))
    #expect(result.series.connects.prefix(6 * 60).allSatisfy { $0 == 0 })
    #expect(result.connects.full == 2)
  }

  @Test func everyKindHasATest() {
    // A new kind has to be put here, with a test above.
    #expect(Fault.Kind.allCases.count == 24)
    #expect(Set(Fault.Kind.allCases.map(\.place)).count == 24)
  }
}
