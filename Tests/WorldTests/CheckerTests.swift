import Results
import Scenarios
import Testing
import Units

@testable import World

/// The checker finds bugs that are planted.
@Suite struct CheckerTests {
  private func broken(
    _ bug: PlantedBug, hours: UInt64 = 6, faults: [Fault] = []
  ) -> [String: UInt64] {
    run(scenario(hours: hours, faults: faults), planted: bug).broken
  }

  @Test func aBrokerThatLosesMessages() {
    #expect(broken(.brokerLosesMessages)["acknowledgedIsDelivered"] ?? 0 > 0)
    #expect(broken(.brokerLosesMessages)["acceptedIsDeliveredOrOnFlash"] ?? 0 > 0)
  }

  @Test func aFlashThatForgets() {
    let faults = [
      Fault.at(minute: 60, .partition, minutes: 60), .at(minute: 90, .powerCut, minutes: 1),
    ]
    #expect(broken(.flashForgets, faults: faults)["acceptedIsDeliveredOrOnFlash"] ?? 0 > 0)
  }

  @Test func tokensFromTheFuture() {
    #expect(broken(.tokensFromTheFuture)["noTokenWithUntrustedClock"] ?? 0 > 0)
  }

  @Test func tokensThatComeAgain() {
    let refusal = Fault.at(minute: 0, .tokenRefusal, minutes: 60)
    #expect(broken(.tokensComeAgain, faults: [refusal])["noRefusedTokenReuse"] ?? 0 > 0)
  }

  @Test func aBrokerThatNeverAcknowledges() {
    #expect(broken(.neverAcknowledges)["progress"] ?? 0 > 0)
  }

  @Test func aBrokerThatSwapsMessages() {
    #expect(broken(.brokerReorders)["order"] ?? 0 > 0)
  }

  @Test func breachesSaySeedDeviceAndTime() {
    let result = run(scenario(devices: 3), seed: 77, planted: .brokerLosesMessages)
    #expect(!result.breaches.isEmpty)
    for breach in result.breaches {
      #expect(breach.seed == 77 && (0..<3).contains(breach.device))
      #expect(breach.atMilliseconds > 0 && !breach.detail.isEmpty)
    }
  }
}
