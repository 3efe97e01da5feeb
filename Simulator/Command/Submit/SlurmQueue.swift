import Foundation

/// Slurm's queue, by its own programs.
enum SlurmQueue {
  /// The two jobs of a submission.
  struct Jobs {
    let array: String
    let merge: String
  }

  /// The largest array, or nil where there is no Slurm to ask.
  static func arraySizeMaximum() -> Int? {
    guard let outcome = try? EngineTool.run(["scontrol", "show", "config"]), outcome.exitCode == 0,
      let match = outcome.output.firstMatch(of: /MaxArraySize\s*=\s*(\d+)/)
    else { return nil }
    return Int(match.1)
  }

  /// Submits both scripts; nothing stays behind if one is refused.
  static func submit(_ scripts: SlurmScripts) throws(CommandFailure) -> Jobs {
    let array = try submit([scripts.shardPath])
    do {
      let merge = try submit(["--dependency=afterok:\(array)", scripts.mergePath])
      return Jobs(array: array, merge: merge)
    } catch {
      _ = try EngineTool.run(["scancel", array])
      throw error
    }
  }

  private static func submit(_ words: [String]) throws(CommandFailure) -> String {
    // A cluster of a federation follows a semicolon.
    let answer =
      try EngineTool.need(["sbatch", "--parsable"] + words)
      .split(whereSeparator: { ";\n".contains($0) }).first.map(String.init) ?? ""
    guard !answer.isEmpty, answer.allSatisfy(\.isNumber) else {
      throw .purpose("sbatch: answered \(answer.debugDescription) where a job's number should be")
    }
    return answer
  }

  /// A job, or one of an array, as the queue shows it.
  struct Entry {
    /// The job's number, with the index after an underscore where it is one of an array.
    let id: String
    let state: String
    /// As the shell has it, 0 as long as it runs.
    let exitCode: Int32
    let reason: String

    /// Whether it will not change any more.
    var isOver: Bool {
      [
        "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY",
        "PREEMPTED", "TIMEOUT",
      ].contains(state)
    }
    /// Whether it did what it was there for.
    var isDone: Bool { state == "COMPLETED" }
    /// The index in the array, or nil.
    var index: Int? { id.split(separator: "_").dropFirst().first.flatMap { Int($0) } }
  }

  /// Where both jobs stand; Slurm forgets them some minutes after their end (MinJobAge).
  static func entries(_ jobs: Jobs) throws(CommandFailure) -> [Entry] {
    let output = try EngineTool.need([
      "squeue", "--noheader", "--array", "--states=all", "--jobs=\(jobs.array),\(jobs.merge)",
      "--Format=JobArrayID:|,State:|,exit_code:|,Reason:|",
    ])
    return output.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "|", omittingEmptySubsequences: false)
      guard parts.count >= 4, let status = Int32(parts[2].trimmingCharacters(in: .whitespaces))
      else { return nil }
      // As wait(2) has it: the code in the upper byte, the signal in the lower one.
      return Entry(
        id: String(parts[0]), state: String(parts[1]),
        exitCode: status & 0x7F == 0 ? status >> 8 : 128 + status & 0x7F, reason: String(parts[3]))
    }
  }
}
