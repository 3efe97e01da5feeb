import Scenarios

/// A run that is to be spread over a cluster.
struct Submission {
  /// The scenario with all options applied.
  let scenario: Scenario
  /// The seeds, the same for all shards.
  let seeds: ClosedRange<UInt64>
  /// Into how many parts the devices are divided.
  let shards: Int
  /// The job's name: lower case letters, digits and hyphens.
  let name: String
  /// The processors of a shard.
  let cpus: Int
  /// The memory of a shard in MB, or nil where the user leaves it open.
  let memory: Int?
  /// Conditions of which none may be true of the whole result.
  let failIf: [String]
  /// Where the submission's files go.
  let folder: WorkFolder

  /// The devices of the largest shard.
  var devicesOfShard: Int { (scenario.deviceCount + shards - 1) / shards }

  /// The options that fix what is drawn.
  var seedWords: [String] {
    seeds.count == 1
      ? ["--seed", "\(seeds.lowerBound)"]
      : ["--seeds", "\(seeds.lowerBound)..\(seeds.upperBound)"]
  }

  /// The gates of the merge.
  var gateWords: [String] { failIf.flatMap { ["--fail-if", $0] } }
}
