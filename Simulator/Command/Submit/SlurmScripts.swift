import DataFiles
import Foundation
import Units

/// The scripts that Slurm runs: one for a shard, started as an array, and one for the merge.
struct SlurmScripts {
  let submission: Submission
  /// The words that give the scenario.
  let scenarioWords: [String]
  /// The partition, or nil for Slurm's default.
  let partition: String?
  /// The account that pays, or nil.
  let account: String?
  /// The time after which Slurm ends a shard, or nil for the partition's.
  let timeLimit: Interval?
  /// The file for the result.
  let resultPath: String
  /// The file for the page with charts, or nil.
  let reportPath: String?

  /// How often a shard that ended with 75 is started again.
  static let restartsMaximum = 3

  private var folder: WorkFolder { submission.folder }

  /// The path of the script for a shard.
  var shardPath: String { folder.file("shard.sh") }
  /// The path of the script for the merge.
  var mergePath: String { folder.file("merge.sh") }
  /// Where a shard's messages go.
  func logPath(shard: Int) -> String { folder.file("logs/\(shard).log") }
  /// Where the summary of the whole goes.
  var mergeOutputPath: String { folder.file("merge.log") }

  /// Writes both scripts.
  func write() throws(CommandFailure) {
    let (shard, merge) = (try shardText(), try mergeText())
    try folder.create(["shards", "logs"])
    try OutputFile.write(shard, to: shardPath)
    try OutputFile.write(merge, to: mergePath)
  }

  private func shardText() throws(CommandFailure) -> String {
    let logs = try ScriptWord.directive(path: folder.path, pattern: "/logs/%a.log")
    var directives = try common(name: submission.name)
    directives += ["array=0-\(submission.shards - 1)", "cpus-per-task=\(submission.cpus)"]
    if let timeLimit { directives.append("time=\(Self.time(timeLimit))") }
    directives += ["requeue", "open-mode=append", "output=\(logs)"]
    let run =
      [try Self.program(), "run"] + scenarioWords + submission.seedWords
      + ["--jobs", "\(submission.cpus)"]
    return """
      #!/bin/sh
      \(Self.lines(directives))
      # One of \(submission.shards) shards. To run some again: sbatch --array=2,7 shard.sh
      out=\(try ScriptWord.quoted(folder.file("shards")))/"$SLURM_ARRAY_TASK_ID".json
      rm -f "$out"
      \(try ScriptWord.quoted(run)) \\
        --shard "$SLURM_ARRAY_TASK_ID/\(submission.shards)" --out "$out"
      code=$?
      # What a shard found broken is in its file, and the merge says it of the whole fleet.
      if [ $code = 1 ] && [ -f "$out" ]; then exit 0; fi
      # 75 may go well another time, or elsewhere. A job that was cancelled ends with 75 too, but it
      # is not running any more. All other codes are final.
      if [ $code = 75 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt \(Self.restartsMaximum) ] &&
        [ "$(squeue --noheader --jobs="$SLURM_JOB_ID" --format=%T)" = RUNNING ]; then
        scontrol requeue "$SLURM_JOB_ID"
      fi
      exit $code

      """
  }

  private func mergeText() throws(CommandFailure) -> String {
    var directives = try common(name: submission.name + "-merge")
    directives += [
      "kill-on-invalid-dep=yes",
      "output=\(try ScriptWord.directive(path: mergeOutputPath))",
    ]
    var options = ["--out", resultPath]
    if let reportPath { options += ["--report", reportPath] }
    options += submission.gateWords
    return """
      #!/bin/sh
      \(Self.lines(directives))
      # Puts the shards together; it refuses gaps, duplicates and shards of other runs.
      exec \(try ScriptWord.quoted([Self.program(), "merge"] + options)) \\
        \(try ScriptWord.quoted(folder.file("shards")))/*.json

      """
  }

  /// What both jobs ask for; they run where the user is now, so that relative paths mean the same.
  private func common(name: String) throws(CommandFailure) -> [String] {
    let here = try ScriptWord.directive(path: FileManager.default.currentDirectoryPath)
    var directives = ["job-name=\(name)", "chdir=\(here)"]
    if let partition { directives.append("partition=\(partition)") }
    if let account { directives.append("account=\(account)") }
    if let memory = submission.memory { directives.append("mem=\(memory)M") }
    return directives
  }

  private static func lines(_ directives: [String]) -> String {
    directives.map { "#SBATCH --\($0)" }.joined(separator: "\n")
  }

  /// A time in minutes and seconds, which Slurm rounds up to minutes.
  private static func time(_ interval: Interval) -> String {
    let seconds = (interval.milliseconds + 999) / 1_000
    return "\(seconds / 60):\(seconds % 60)"
  }

  /// This very program: shards of another build do not merge.
  private static func program() throws(CommandFailure) -> String {
    do {
      return try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    } catch {
      throw .temporary("/proc/self/exe: cannot be read: \(error.localizedDescription)")
    }
  }
}
