import Results
import Scenarios
import Testing
import Units

@testable import World

/// Everything that can go wrong, mixed by the seed: no invariant is broken.
@Suite struct SwarmTests {
  private func world(_ hours: UInt64) -> Scenario {
    scenario(devices: 2, hours: hours) { $0.hasSwarm = true }
  }

  @Test(arguments: 0..<10 as Range<UInt64>) func breaksNothing(_ batch: UInt64) {
    for seed in batch * 10..<batch * 10 + 10 {
      let result = run(world(4), seed: seed)
      #expect(result.broken == [:], "seed \(seed): \(result.breaches.prefix(3))")
    }
  }

  @Test(arguments: NamedSeeds.all) func namedSeedsStayWell(_ named: NamedSeeds.Seed) throws {
    var world = world(named.hours)
    if named.isShipped {
      world = try #require(try ScenarioLibrary.scenario("swarm"))
      world.duration = Interval(seconds: named.hours * 3_600)
    }
    world.deviceCount = named.devices
    let result = run(world, seed: named.seed)
    #expect(result.broken == [:], "\(named.found): \(result.breaches.prefix(3))")
  }
}
