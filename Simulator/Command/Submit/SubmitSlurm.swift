import ArgumentParser
import DataFiles
import Foundation
import Units

/// `swiftlet submit slurm`: an array of jobs for the shards and a job for the merge.
struct SubmitSlurm: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slurm",
    abstract: "Writes, and with --go submits, the two jobs of a run on a Slurm cluster.",
    discussion: """
      The array of jobs writes a file for each shard; the merge waits until all went well. The \
      folder of --workdir, this program and a scenario's file have to be where all nodes see them \
      under the same path. A shard that ends with 75 is started again up to \
      \(SlurmScripts.restartsMaximum) times; 64, 65 and 70 are final.
      """)

  @OptionGroup var options: SubmitOptions
  @Option(help: "The partition (default: Slurm's).")
  var partition: String?
  @Option(help: "The account that pays (default: yours).")
  var account: String?
  @Option(help: "End a shard after this time, such as 30m (default: the partition's).")
  var time: DurationArgument?
  @Option(name: .shortAndLong, help: "The file for the result (default: result.json in --workdir).")
  var out: String?
  @Option(help: "Also write a page with charts to this HTML file.")
  var report: String?
  @Flag(help: "Submit the jobs.")
  var go = false
  @Flag(help: "With --go: follow the jobs to their end, and fail if they do.")
  var wait = false

  func validate() throws {
    guard go || !wait else { throw ValidationError("--wait is for --go: nothing runs without.") }
    if let time, time.interval < Interval(seconds: 1) {
      throw ValidationError("--time is \(time); it should be 1s at least.")
    }
    for (option, value) in [("--partition", partition), ("--account", account)] {
      guard let value, value.wholeMatch(of: /[A-Za-z0-9_.,-]+/) == nil else { continue }
      throw ValidationError(
        "\(option) is \"\(value)\"; Slurm's names have A-Z, a-z, 0-9, _, . and -.")
    }
  }

  func run() throws {
    let submission = try options.submission()
    try checkArraySize()
    let scripts = SlurmScripts(
      submission: submission, scenarioWords: options.fleet.wordList(of: submission.scenario),
      partition: partition, account: account, timeLimit: time?.interval,
      resultPath: out ?? submission.folder.file("result.json"), reportPath: report)
    try scripts.write()
    let estimate = ShardEstimate(submission)
    if let warning = estimate?.warning(limit: time?.interval) { say("swiftlet: \(warning)") }
    let size = "\(submission.shards) shards of up to \(submission.devicesOfShard) devices"
    print("shards   \(scripts.shardPath): \(size)" + (estimate.map { ", \($0.text) each" } ?? ""))
    print("merge    \(scripts.mergePath): into \(scripts.resultPath)")
    let shard = try ScriptWord.quoted(scripts.shardPath)
    let merge = try ScriptWord.quoted(scripts.mergePath)
    guard go else {
      return print(
        "submit   id=$(sbatch --parsable \(shard)) && "
          + "sbatch --dependency=afterok:\"${id%%;*}\" \(merge)")
    }
    let jobs = try SlurmQueue.submit(scripts)
    print("jobs     \(jobs.array) for the shards, then \(jobs.merge) for the merge")
    print("follow   squeue --jobs=\(jobs.array),\(jobs.merge)")
    print("cancel   scancel \(jobs.array) \(jobs.merge)")
    // Whoever reads this behind a pipe wants to know the numbers before the end.
    fflush(nil)
    if wait { try SlurmWatch(jobs: jobs, scripts: scripts).end() }
  }

  /// Slurm's default for MaxArraySize.
  private static let usualArraySize = 1_001

  private func checkArraySize() throws(CommandFailure) {
    if let maximum = SlurmQueue.arraySizeMaximum() {
      guard options.shards <= maximum else {
        throw .data(
          "--shards \(options.shards): this Slurm takes arrays of up to \(maximum) jobs "
            + "(MaxArraySize in its slurm.conf)")
      }
    } else if options.shards > Self.usualArraySize {
      say(
        "swiftlet: Slurm takes arrays of up to \(Self.usualArraySize) jobs, unless MaxArraySize in "
          + "its slurm.conf says more")
    }
  }
}
