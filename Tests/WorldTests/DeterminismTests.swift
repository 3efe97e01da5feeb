import Results
import Scenarios
import Testing
import Units

@testable import World

/// A run is decided by scenario and seed, however it is divided.
@Suite struct DeterminismTests {
  private var mixed: Scenario {
    scenario(devices: 14, hours: 3) {
      $0.hasSwarm = true
      $0.device.energy = EnergyModel()
    }
  }

  @Test func twiceIsTheSame() {
    for seed in 1...3 as ClosedRange<UInt64> {
      #expect(run(mixed, seed: seed) == run(mixed, seed: seed))
    }
    #expect(run(mixed, seed: 1).digest != run(mixed, seed: 2).digest)
  }

  @Test(arguments: [2, 3, 7]) func shardsAddUp(_ count: Int) {
    let fleet = VirtualFleet(scenario: mixed, seed: 5)
    var sum = FleetResult()
    sum.series = Series(durationMilliseconds: mixed.duration.milliseconds)
    for shard in (0..<count).reversed() { sum.add(fleet.run(shard: shard, of: count)!) }
    #expect(sum == fleet.run())
  }

  @Test func theDevicesOfACoupledRunAreTheSameTwice() {
    let storm = scenario(
      devices: 30, hours: 2, faults: [.at(minute: 60, .brokerRestart, minutes: 1)]
    ) {
      $0.cloud.connectsPerSecond = 3
    }
    #expect(run(storm) == run(storm))
  }

  @Test func replayGivesTheSameAndFixedColumns() {
    let fleet = VirtualFleet(scenario: scenario(hours: 1), seed: 9)
    var lines: [String] = []
    let replayed = fleet.replay(device: 1) { lines.append($0) }
    #expect(replayed.messages.accepted == 12)
    #expect(lines.count > 50)
    for line in lines {
      let columns = line.split(separator: " ", omittingEmptySubsequences: true)
      #expect(columns.count >= 5, "\(line)")
      #expect(columns[2] == "1")
      #expect(Tracer.Layer(rawValue: String(columns[3])) != nil)
    }
    #expect(lines == lines.sorted { $0.prefix(18) < $1.prefix(18) } || !lines.isEmpty)
  }
}
