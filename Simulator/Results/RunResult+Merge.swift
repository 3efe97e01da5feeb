public import DataFiles

extension RunResult {
  /// A shard and the file that it came from.
  public typealias Shard = (file: String, result: RunResult)

  /// Puts the shards of a run together, in whatever order they are given.
  ///
  /// - Throws: A complaint that names the files, if they are not exactly the shards of one run.
  public static func merging(_ shards: [Shard]) throws(DataError) -> RunResult {
    guard let first = shards.first else {
      throw DataError(file: "merge", problem: "has no shard; it should have all of a run")
    }
    let identity = first.result.identity
    var seen: [Int: String] = [:]
    for (file, result) in shards {
      try result.check(file, with: first)
      if let other = seen.updateValue(file, forKey: result.identity.shard) {
        throw DataError(
          file: file,
          problem: "is shard \(result.identity.shard)/\(identity.shardCount), and so is \(other)")
      }
    }
    let gaps = (0..<identity.shardCount).filter { seen[$0] == nil }
    guard gaps.isEmpty else {
      let names = gaps.prefix(10).map { "\($0)/\(identity.shardCount)" }.joined(separator: ", ")
      throw DataError(
        file: first.file,
        problem: "is one of \(identity.shardCount) shards, of which there are missing: \(names)"
          + (gaps.count > 10 ? " and \(gaps.count - 10) more" : ""))
    }
    // The arguments may differ in the path to one and the same scenario: the first shard's count.
    var merged = first.result
    merged.identity.arguments =
      shards.first { $0.result.identity.shard == 0 }?.result.identity.arguments
      ?? identity.arguments
    merged.identity.shard = 0
    merged.identity.shardCount = 1
    merged.fleet = FleetResult()
    for index in merged.comparisons.indices { merged.comparisons[index].fleet = FleetResult() }
    for (_, result) in shards { merged.add(result) }
    return merged
  }

  /// Adds the fleets of another shard.
  private mutating func add(_ other: RunResult) {
    fleet.addDevices(of: other.fleet)
    for index in comparisons.indices {
      comparisons[index].fleet.addDevices(of: other.comparisons[index].fleet)
    }
  }

  /// Refuses a shard of another run.
  private func check(_ file: String, with first: Shard) throws(DataError) {
    let (mine, theirs) = (identity, first.result.identity)
    func refuse(_ what: String, _ own: String, _ others: String) -> DataError {
      DataError(file: file, problem: "has \(what) \(own), but \(first.file) has \(others)")
    }
    guard mine.build == theirs.build else {
      throw refuse("the build", mine.build, theirs.build)
    }
    guard scenario == first.result.scenario else {
      throw refuse(
        "the scenario", "\(mine.scenario) (\(mine.scenarioHash))",
        "\(theirs.scenario) (\(theirs.scenarioHash))")
    }
    guard mine.seeds == theirs.seeds else {
      throw refuse("the seeds", "\(mine.seeds)", "\(theirs.seeds)")
    }
    guard mine.shardCount == theirs.shardCount else {
      throw refuse("the number of shards", "\(mine.shardCount)", "\(theirs.shardCount)")
    }
    for (own, others) in zip(fleets, first.result.fleets)
    where own.devices > 0 && others.devices > 0 {
      let widths = [own, others].map(\.series.binMilliseconds)
      guard widths[0] == widths[1] else {
        throw refuse("bins of", "\(widths[0]) ms", "\(widths[1]) ms")
      }
    }
  }
}

extension FleetResult {
  /// Adds what other devices did; the result of no device is as if it were not there.
  public mutating func addDevices(of other: FleetResult) {
    if other.devices == 0 { return }
    if devices == 0 { self = other } else { add(other) }
  }
}
