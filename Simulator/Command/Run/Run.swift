import ArgumentParser
import DataFiles
import Foundation
import Metrics
import Report
import Results
import Scenarios
import Units

/// `swiftlet run`: a fleet in virtual time.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a fleet in virtual time: years in minutes, every fault, one seed.",
    discussion: """
      Each device runs the core that is flashed to boards, over a modelled network, cloud, flash, \
      clock and battery. Scenario and seed decide everything that happens. The command succeeds if \
      no invariant is broken and all gates pass. Conditions for --fail-if speak of: \(Metric.list).
      """)

  @OptionGroup(title: "The fleet and what goes wrong")
  var fleet: ScenarioOptions

  @Option(help: "What everything is drawn from (default: a random one, which is printed).")
  var seed: UInt64?
  @Option(help: "Run the fleet once for each of these seeds, such as 1..10000; few devices each.")
  var seeds: SeedsArgument?
  @Option(help: "Run only this shard of the devices, such as 0/4; see `swiftlet merge`.")
  var shard: ShardArgument?
  @Option(help: "The number of shards, where Kubernetes gives the index of one.")
  var shards: Int?
  @Option(help: "The threads to run on (default: one for each processor).")
  var jobs: Int?
  @Option(help: "End after this time on the wall's clock, with a partial result and exit code 75.")
  var timeLimit: DurationArgument?
  @Option(help: "Fail if this is true of the result, such as messages.lost>0 or connects.p99>5s.")
  var failIf: [ConditionArgument] = []
  @Flag(help: "Run twice, on different threads, and fail if the results differ.")
  var checkDeterminism = false

  @Option(help: "The form of the summary: text, json or jsonl.")
  var format: RunFormat = .text
  @Option(name: .shortAndLong, help: "Also write the whole result to this JSON file.")
  var out: String?
  @Option(help: "Also write a page with charts to this HTML file.")
  var report: String?
  @Option(help: "Serve the progress for Prometheus at this port, or host:port, meanwhile.")
  var metricsListen: ListenArgument?
  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false
  @Flag(name: .shortAndLong, help: "Show all reasons and more percentiles.")
  var verbose = false
  @Flag(help: "List the scenarios inside the program, and stop.")
  var list = false
  @Flag(help: "Print the JSON schema of scenario files, and stop.")
  var schema = false

  func validate() throws {
    guard seed == nil || seeds == nil else {
      throw ValidationError("--seed and --seeds are both there; one of them says what to run.")
    }
    guard shard == nil || shards == nil else {
      throw ValidationError("--shards is for Kubernetes, which gives the index; not with --shard.")
    }
    if let shards, !(1...100_000).contains(shards) {
      throw ValidationError("--shards is \(shards); it should be 1 to 100000.")
    }
    if let jobs, !(1...1_024).contains(jobs) {
      throw ValidationError("--jobs is \(jobs); it should be 1 to 1024.")
    }
    if let timeLimit, timeLimit.interval < Interval(seconds: 1) {
      throw ValidationError("--time-limit is \(timeLimit); it should be 1s at least.")
    }
    guard !(list && schema) else {
      throw ValidationError("--list and --schema go one at a time.")
    }
  }

  func run() async throws {
    if schema { return print(ScenarioSchema.text, terminator: "") }
    if list { return try printList() }
    let scenario = try fleet.load(devicesForSeeds: seeds == nil ? nil : 4)
    let shard = try chosenShard(of: scenario)
    let one = seed ?? UInt64.random(in: 1...UInt64(UInt32.max))
    let identity = RunIdentity(
      build: try Build.id, arguments: fleet.words(of: scenario), scenario: scenario,
      seeds: seeds?.seeds ?? one...one, shard: shard.index, shardCount: shard.count)
    if !quiet, seeds == nil, seed == nil { say("swiftlet: the seed is \(one)") }
    let metrics = RunMetrics()
    var server: MetricsServer?
    if let metricsListen { server = try await metrics.serve(at: metricsListen, isQuiet: quiet) }
    let (summary, second) = simulate(identity, scenario, metrics)
    await server?.stop()
    try finish(summary, second)
  }

  /// Runs the fleet, and a second time if that is asked for.
  private func simulate(
    _ identity: RunIdentity, _ scenario: Scenario, _ metrics: RunMetrics
  ) -> (RunSummary, second: RunResult?) {
    let started = ContinuousClock.now
    let limit = timeLimit.map { started + .milliseconds($0.interval.milliseconds) }
    let interruption = Interruption()
    let display = quiet ? nil : RunProgress()
    func run(on threads: Int) -> (result: RunResult, isComplete: Bool) {
      let runner = FleetRunner(
        scenario: scenario, seeds: identity.seeds,
        shard: ShardArgument(index: identity.shard, count: identity.shardCount), jobs: threads)
      let outcome = runner.run {
        interruption.isRequested || limit.map { ContinuousClock.now >= $0 } == true
      } show: {
        display?.show($0)
        metrics.note($0)
      }
      return (RunResult(identity, of: scenario, outcome), outcome.isComplete)
    }
    let first = run(on: threads)
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    var second: (result: RunResult, isComplete: Bool)?
    if checkDeterminism, first.isComplete { second = run(on: max(1, threads - 1)) }
    display?.end()
    let summary = RunSummary(
      first.result, failIf: failIf.map(\.condition),
      wallSeconds: (seconds * 1_000).rounded() / 1_000,
      isPartial: !first.isComplete || second?.isComplete == false)
    return (summary, second?.isComplete == true ? second?.result : nil)
  }

  /// Writes everything there is to write, then fails if there is a reason to.
  private func finish(_ summary: RunSummary, _ second: RunResult?) throws {
    let result = summary.result
    // A program reads the result; a person at the terminal sees what was broken first all the same.
    if format != .text, let alarm = summary.alarm { say(alarm) }
    if !summary.isPartial, let out { try OutputFile.write(result.fileText, to: out) }
    if !summary.isPartial, let report {
      try OutputFile.write(FleetPage(result).html, to: report)
    }
    print(format.text(of: summary, isVerbose: verbose))
    if let second, second.fileText != result.fileText {
      throw CommandFailure.purpose(
        "two runs differ: digest \(result.fleet.digest.text) and \(second.fleet.digest.text)")
    }
    if let shortcoming = summary.shortcoming { throw CommandFailure.purpose(shortcoming) }
    if summary.isPartial {
      let files = [out, report].compactMap { $0 }
      throw CommandFailure.temporary(
        "ended early, by --time-limit or an interrupt"
          + (files.isEmpty ? "" : "; not written: \(files.joined(separator: ", "))"))
    }
  }

  private var threads: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  private func chosenShard(of scenario: Scenario) throws(CommandFailure) -> ShardArgument {
    var chosen = shard
    if chosen == nil {
      chosen = try .from(environment: ProcessInfo.processInfo.environment, shards: shards)
    }
    let shard = chosen ?? ShardArgument(index: 0, count: 1)
    try scenario.check(shards: shard.count)
    return shard
  }

  private func printList() throws {
    for name in ScenarioLibrary.names {
      let summary = try ScenarioLibrary.scenario(name)?.summary ?? ""
      print(name.padding(toLength: 22, withPad: " ", startingAt: 0) + " " + summary)
    }
  }
}

extension RunResult {
  /// What a runner gave.
  init(_ identity: RunIdentity, of scenario: Scenario, _ outcome: FleetRunner.Outcome) {
    self.init(
      identity: identity, scenario: scenario, fleet: outcome.fleets[0],
      comparisons: zip(scenario.comparisons, outcome.fleets.dropFirst()).map {
        NamedFleetResult(name: $0.name, fleet: $1)
      })
  }
}
