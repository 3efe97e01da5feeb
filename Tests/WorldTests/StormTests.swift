import Results
import Scenarios
import Testing
import Units

@testable import World

/// Devices that meet in the cloud.
@Suite struct StormTests {
  @Test func aStormRespectsTheThrottle() {
    let storm = scenario(
      devices: 120, hours: 1, faults: [.at(minute: 20, .brokerRestart, minutes: 1)]
    ) { $0.cloud.connectsPerSecond = 4 }
    let result = run(storm)
    #expect(result.broken == [:], "\(result.breaches.prefix(3))")
    #expect(result.connects.refused > 10)
    // The cloud counts by the second in which it answers, the device that in which it hears of it.
    #expect(result.series.connects.max()! <= 8)
    var inTenSeconds: UInt64 = 0
    for (second, count) in result.series.connects.enumerated() {
      inTenSeconds += count
      if second >= 10 { inTenSeconds -= result.series.connects[second - 10] }
      #expect(inTenSeconds <= 44)
    }
    #expect(result.connects.full + result.connects.resumed >= 240)
  }

  @Test func aFixedPauseMakesASharperPeak() {
    func peak(_ change: (inout BackOffModel) -> Void) -> UInt64 {
      let storm = scenario(
        devices: 120, hours: 1, faults: [.at(minute: 20, .brokerRestart, minutes: 1)]
      ) {
        $0.cloud.connectsPerSecond = 4
        change(&$0.device.backOff)
      }
      return run(storm).series.attempts.dropFirst(1_260).max()!
    }
    let fixed = peak {
      $0.floor = Interval(seconds: 10)
      $0.base = Interval(seconds: 10)
      $0.cap = Interval(seconds: 10)
    }
    #expect(fixed > 2 * peak { _ in })
  }

  @Test func afterTheFaultsEverythingIsDelivered() {
    let result = run(
      scenario(devices: 4, hours: 3, faults: [.at(minute: 60, .partition, minutes: 600)]))
    #expect(result.messages.delivered == result.messages.accepted)
    #expect(result.messages.accepted > 100)
    #expect(result.broken == [:])
    #expect(result.checked["progress"] == 4)
  }
}
