public import Scenarios

/// What a run gave, or a shard of it: the content of the file of `--out`.
///
/// A pure function of scenario, seed, shard and build. All numbers are integers that add up, so the
/// shards of a run merge into the same bytes that one process writes, for any number of shards.
public struct RunResult: Sendable, Equatable {
  /// What was run.
  public var identity: RunIdentity
  /// The scenario with all options applied, so that a file alone is enough to do it again.
  public var scenario: Scenario
  /// The fleet.
  public var fleet: FleetResult
  /// The same fleet in the scenario's comparisons, in their order.
  public var comparisons: [NamedFleetResult]

  /// Creates a result.
  public init(
    identity: RunIdentity, scenario: Scenario, fleet: FleetResult,
    comparisons: [NamedFleetResult] = []
  ) {
    self.identity = identity
    self.scenario = scenario
    self.fleet = fleet
    self.comparisons = comparisons
  }
}

extension RunResult {
  /// The fleet, then those of the comparisons.
  public var fleets: [FleetResult] { [fleet] + comparisons.map(\.fleet) }

  /// How often any invariant was broken, in the comparisons too.
  public var brokenCount: UInt64 {
    fleets.flatMap(\.broken.values).reduce(0, UInt64.sum)
  }

  /// The first breaches with the comparison in which they happened, nil for the scenario itself.
  public var breaches: [(breach: Breach, comparison: String?)] {
    fleet.breaches.map { ($0, nil) }
      + comparisons.flatMap { other in other.fleet.breaches.map { ($0, other.name) } }
  }
}

/// The result of a comparison.
public struct NamedFleetResult: Sendable, Equatable {
  /// The comparison's name.
  public var name: String
  /// What it gave.
  public var fleet: FleetResult

  /// Creates a named result.
  public init(name: String, fleet: FleetResult) {
    self.name = name
    self.fleet = fleet
  }
}

/// What was run: two results merge only if they agree in all but the shard.
public struct RunIdentity: Sendable, Equatable {
  /// The version of the file's form.
  public var schema = 1
  /// What tells builds apart.
  public var build: String
  /// The words on the command line that gave the scenario, without seed and shard.
  public var arguments: String
  /// The scenario's name.
  public var scenario: String
  /// A hash of the whole scenario, options included.
  public var scenarioHash: String
  /// The first seed.
  public var firstSeed: UInt64
  /// The last seed; the same where there is one.
  public var lastSeed: UInt64
  /// The number of devices of the whole run.
  public var deviceCount: Int
  /// The simulated time in milliseconds, for which faults happen and devices publish.
  public var durationMilliseconds: UInt64
  /// Which devices: those whose index is this one modulo `shardCount`.
  public var shard: Int
  /// The number of shards.
  public var shardCount: Int

  /// Creates an identity.
  public init(
    build: String, arguments: String, scenario: Scenario, seeds: ClosedRange<UInt64>,
    shard: Int = 0, shardCount: Int = 1
  ) {
    self.build = build
    self.arguments = arguments
    self.scenario = scenario.name
    scenarioHash = scenario.hash
    firstSeed = seeds.lowerBound
    lastSeed = seeds.upperBound
    deviceCount = scenario.deviceCount
    durationMilliseconds = scenario.duration.milliseconds
    self.shard = shard
    self.shardCount = shardCount
  }

  /// The command that does the whole run again.
  public var command: String {
    let seeds = firstSeed == lastSeed ? "--seed \(firstSeed)" : "--seeds \(firstSeed)..\(lastSeed)"
    return "swiftlet run \(arguments) \(seeds)"
  }

  /// The command that shows all that one device did.
  public func replay(seed: UInt64, device: Int, comparison: String? = nil) -> String {
    let other = comparison.map { " --comparison '\($0.replacing("'", with: "'\\''"))'" } ?? ""
    return "swiftlet replay \(arguments) --seed \(seed) --device \(device)\(other)"
  }

  /// The seeds.
  public var seeds: ClosedRange<UInt64> { firstSeed...lastSeed }

  /// The devices that a shard has in each seed.
  public var devicesOfShard: Int {
    deviceCount / shardCount + (shard < deviceCount % shardCount ? 1 : 0)
  }
}
