import Scenarios

extension Scenario {
  /// Refuses more than one shard where devices meet in the cloud.
  func check(shards count: Int) throws(CommandFailure) {
    guard count == 1 || !isCoupled else {
      throw .data(
        "\(name): cannot be sharded, as its devices share cloud.connectsPerSecond; run it in one "
          + "process, or set that to null")
    }
  }
}
