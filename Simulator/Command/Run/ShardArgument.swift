import ArgumentParser

/// A shard on the command line, such as `0/4`, counted from 0.
struct ShardArgument: ExpressibleByArgument, Equatable {
  /// Which one.
  let index: Int
  /// Of how many.
  let count: Int

  init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], index >= 0, index < count,
      count <= 100_000
    else { return nil }
    self.init(index: index, count: count)
  }

  /// The shard that Slurm or Kubernetes gives to this process, or nil where there is neither.
  ///
  /// - Parameter shards: The number of shards, which Kubernetes does not tell.
  static func from(
    environment: [String: String], shards: Int?
  ) throws(CommandFailure) -> ShardArgument? {
    if let shards {
      guard let text = environment["JOB_COMPLETION_INDEX"] else {
        throw .data(
          "--shards \(shards): JOB_COMPLETION_INDEX is not set, as an Indexed Job of Kubernetes "
            + "sets it; elsewhere use --shard i/N")
      }
      guard let index = Int(text), index >= 0, index < shards else {
        throw .data(
          "JOB_COMPLETION_INDEX is \"\(text)\"; with --shards it should be below \(shards)")
      }
      return ShardArgument(index: index, count: shards)
    }
    guard let text = environment["SLURM_ARRAY_TASK_ID"] else { return nil }
    let first = Int(environment["SLURM_ARRAY_TASK_MIN"] ?? "0") ?? 0
    let countText = environment["SLURM_ARRAY_TASK_COUNT"] ?? "unset"
    guard let id = Int(text), let count = Int(countText), (1...100_000).contains(count),
      (0...Int(Int32.max)).contains(first), id >= first, id - first < count
    else {
      throw .data(
        "SLURM_ARRAY_TASK_ID is \"\(text)\", _MIN \(first) and _COUNT \(countText); the ids should "
          + "follow each other, as in sbatch --array=0-3")
    }
    return ShardArgument(index: id - first, count: count)
  }
}
