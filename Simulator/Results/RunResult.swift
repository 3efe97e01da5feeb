/// What a run gave, or a shard of it: the content of the file of `--out`.
///
/// A pure function of scenario, seed, shard and build. All numbers are integers that add up, so the
/// shards of a run merge into the same bytes that one process writes, for any number of shards.
public struct RunResult: Sendable, Equatable {
  /// What was run.
  public var identity: RunIdentity
  /// The fleet.
  public var fleet: FleetResult
  /// The same fleet in the scenario's comparisons, in their order.
  public var comparisons: [NamedFleetResult]

  /// Creates a result.
  public init(
    identity: RunIdentity, fleet: FleetResult, comparisons: [NamedFleetResult] = []
  ) {
    self.identity = identity
    self.fleet = fleet
    self.comparisons = comparisons
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
    build: String, scenario: String, scenarioHash: String, firstSeed: UInt64, lastSeed: UInt64,
    deviceCount: Int, durationMilliseconds: UInt64, shard: Int = 0, shardCount: Int = 1
  ) {
    self.build = build
    self.scenario = scenario
    self.scenarioHash = scenarioHash
    self.firstSeed = firstSeed
    self.lastSeed = lastSeed
    self.deviceCount = deviceCount
    self.durationMilliseconds = durationMilliseconds
    self.shard = shard
    self.shardCount = shardCount
  }
}
