import ArgumentParser
import Scenarios

/// What is submitted, whatever the engine.
struct SubmitOptions: ParsableArguments {
  @OptionGroup(title: "The fleet and what goes wrong")
  var fleet: ScenarioOptions
  @Option(help: "What everything is drawn from (default: a random one, the same for all shards).")
  var seed: UInt64?
  @Option(help: "Run the fleet once for each of these seeds, such as 1..10000; few devices each.")
  var seeds: SeedsArgument?
  @Option(help: "The number of shards; each should take minutes.")
  var shards: Int
  @Option(help: "The job's name (default: swiftlet- and the scenario's name).")
  var name: String?
  @Option(help: "The processors for a shard.")
  var cpusPerTask = 1
  @Option(help: "The memory for a shard in MB (default: Slurm's own, or by the devices).")
  var memory: Int?
  @Option(help: "The folder for all files of this submission (default: the name and the seed).")
  var workdir: String?
  @Option(help: "Fail if this is true of the whole result, as for `swiftlet merge`.")
  var failIf: [ConditionArgument] = []

  func validate() throws {
    guard seed == nil || seeds == nil else {
      throw ValidationError("--seed and --seeds are both there; one of them says what to run.")
    }
    for (option, value, range) in [
      ("--shards", shards, 1...100_000), ("--cpus-per-task", cpusPerTask, 1...1_024),
      ("--memory", memory ?? 1, 1...16_777_216),
    ] where !range.contains(value) {
      throw ValidationError(
        "\(option) is \(value); it should be \(range.lowerBound) to \(range.upperBound).")
    }
    if let name, name.count > 40 || name.wholeMatch(of: Self.namePattern) == nil {
      throw ValidationError(
        "--name is \"\(name)\"; it should be up to 40 of a-z, 0-9 and -, and begin with a letter.")
    }
  }

  /// What both engines take as the name of a job.
  private static var namePattern: Regex<Substring> { /[a-z](?:[a-z0-9-]*[a-z0-9])?/ }

  /// The submission that these options ask for.
  func submission() throws(CommandFailure) -> Submission {
    let scenario = try fleet.load(devicesForSeeds: seeds == nil ? nil : 4)
    try scenario.check(shards: shards)
    guard shards <= scenario.deviceCount else {
      throw .data(
        "--shards \(shards): \(scenario.name) has \(scenario.deviceCount) devices, and a shard has "
          + "one at least; see --devices")
    }
    let one = seed ?? UInt64.random(in: 1...UInt64(UInt32.max))
    let seeds = self.seeds?.seeds ?? one...one
    let name = self.name ?? Self.name(for: scenario)
    return Submission(
      scenario: scenario, seeds: seeds, shards: shards, name: name, cpus: cpusPerTask,
      memory: memory, failIf: failIf.map(\.condition.text),
      folder: try WorkFolder(workdir ?? "\(name)-\(seeds.lowerBound)"))
  }

  private static func name(for scenario: Scenario) -> String {
    let name = ("swiftlet-" + scenario.name).prefix(40)
    return String(name.reversed().drop { $0 == "-" }.reversed())
  }
}
