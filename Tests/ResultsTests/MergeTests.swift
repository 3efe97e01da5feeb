import DataFiles
import Jitter
import Results
import Scenarios
import Testing

/// Shards merge into the very bytes of one process, and nothing else merges.
@Suite struct MergeTests {
  private static let seeds: ClosedRange<UInt64> = 5...6

  private static func scenario(devices: Int) throws -> Scenario {
    var scenario = try #require(try ScenarioLibrary.scenario("broker-restart"))
    scenario.deviceCount = devices
    return scenario
  }

  /// The run of a scenario in shards, as if each had been a process of its own.
  private static func shards(
    _ scenario: Scenario, count: Int, seed: UInt64, build: String = "test"
  ) -> [RunResult.Shard] {
    var random = RandomResults(seed: seed)
    let fleets = (0...scenario.comparisons.count).map { _ in
      random.devices(of: scenario, seeds: seeds)
    }
    var order = SplitMix64(seed: seed)
    return (0..<count).map { shard in
      let sums = fleets.map { fleet in
        var own = fleet.flatMap { devices in
          stride(from: shard, to: devices.count, by: count).map { devices[$0] }
        }
        // Threads finish in any order.
        own.shuffle(using: &order)
        return own.reduce(into: FleetResult()) { $0.addDevices(of: $1) }
      }
      let identity = RunIdentity(
        build: build, arguments: "broker-restart --devices \(scenario.deviceCount)",
        scenario: scenario, seeds: seeds, shard: shard, shardCount: count)
      return (
        "shard-\(shard).json",
        RunResult(
          identity: identity, scenario: scenario, fleet: sums[0],
          comparisons: zip(scenario.comparisons, sums.dropFirst()).map {
            NamedFleetResult(name: $0.name, fleet: $1)
          })
      )
    }
  }

  @Test(arguments: [2, 3, 7, 30], 1...2)
  func anyNumberOfShardsGivesTheSameBytes(_ count: Int, _ seed: UInt64) throws {
    let scenario = try Self.scenario(devices: 23)
    let whole = Self.shards(scenario, count: 1, seed: seed)[0].result
    // Through files, as the shards of a cluster come.
    var shards = try Self.shards(scenario, count: count, seed: seed).map { file, result in
      (file, try RunResult(Array(result.fileText.utf8), file: file))
    }
    var order = SplitMix64(seed: seed)
    shards.shuffle(using: &order)
    let merged = try RunResult.merging(shards)
    #expect(merged == whole)
    #expect(merged.fileText == whole.fileText)
  }

  @Test func oneShardIsTheWhole() throws {
    let whole = Self.shards(try Self.scenario(devices: 3), count: 1, seed: 1)
    #expect(try RunResult.merging(whole).fileText == whole[0].result.fileText)
  }

  private func refusal(_ shards: [RunResult.Shard]) -> String {
    let error = #expect(throws: DataError.self) { try RunResult.merging(shards) }
    return error?.description ?? ""
  }

  @Test func gapsDuplicatesAndMixesAreRefused() throws {
    let scenario = try Self.scenario(devices: 5)
    let good = Self.shards(scenario, count: 3, seed: 1)
    #expect(refusal([]).contains("no shard"))
    let gap = refusal([good[0], good[2]])
    #expect(gap.contains("shard-0.json") && gap.contains("missing: 1/3"), "\(gap)")
    let double = refusal([good[0], good[1], ("copy.json", good[1].result), good[2]])
    #expect(double.contains("copy.json") && double.contains("shard-1.json"), "\(double)")
    let builds = refusal([good[0], Self.shards(scenario, count: 3, seed: 1, build: "other")[1]])
    #expect(builds.contains("shard-1.json: has the build other"), "\(builds)")
    let counts = refusal([good[0], Self.shards(scenario, count: 4, seed: 1)[1]])
    #expect(counts.contains("number of shards 4"), "\(counts)")
    let scenarios = refusal([
      good[0], Self.shards(try Self.scenario(devices: 6), count: 3, seed: 1)[1],
    ])
    #expect(scenarios.contains("scenario") && scenarios.contains("shard-0.json"), "\(scenarios)")
    var seeds = good[1]
    seeds.result.identity.lastSeed = 7
    #expect(refusal([good[0], seeds]).contains("has the seeds 5...7"))
    var bins = good[1]
    bins.result.fleet.series.binMilliseconds = 7
    #expect(refusal([good[0], bins, good[2]]).contains("bins of 7 ms"))
  }

  @Test func onlyTheFirstBreachesAreKept() throws {
    let scenario = try Self.scenario(devices: 120)
    let whole = Self.shards(scenario, count: 1, seed: 1)[0].result.fleet
    #expect(whole.breaches.count == FleetResult.breachMaximum)
    #expect(whole.breaches.map(\.seed) == whole.breaches.map(\.seed).sorted())
  }
}
