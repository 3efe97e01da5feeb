import Foundation

/// Follows a submission to its end.
struct SlurmWatch {
  let jobs: SlurmQueue.Jobs
  let scripts: SlurmScripts

  /// How often in a row the queue may not answer: its server may be busy, or restart.
  private static let failuresMaximum = 30

  /// Waits until the merge has ended, and fails as the submission did.
  ///
  /// Slurm's own `sbatch --wait` looks at ever longer intervals: here they stay short.
  func end() throws(CommandFailure) {
    var shown = ""
    var failures = 0
    var pause = 1.0
    while true {
      Thread.sleep(forTimeInterval: pause)
      pause = min(pause * 1.2, 10)
      let entries: [SlurmQueue.Entry]
      do {
        entries = try SlurmQueue.entries(jobs)
        failures = 0
      } catch {
        failures += 1
        guard failures < Self.failuresMaximum else { throw error }
        continue
      }
      let line = Self.line(entries.filter { $0.id != jobs.merge })
      if line != shown { say("swiftlet: shards: \(line)") }
      shown = line
      if let merge = entries.first(where: { $0.id == jobs.merge }), merge.isOver {
        return try finish(merge, entries.filter { $0.id != jobs.merge })
      }
    }
  }

  private static func line(_ shards: [SlurmQueue.Entry]) -> String {
    Dictionary(grouping: shards, by: \.state).sorted { $0.key < $1.key }
      .map { "\($0.value.count) \($0.key.lowercased())" }.joined(separator: ", ")
  }

  private func finish(
    _ merge: SlurmQueue.Entry, _ shards: [SlurmQueue.Entry]
  ) throws(CommandFailure) {
    let failed = shards.filter { $0.isOver && !$0.isDone }
    if let bad = failed.min(by: { ($0.index ?? 0) < ($1.index ?? 0) }) {
      let index = bad.index ?? 0
      let code = bad.exitCode == 0 ? "" : " with exit code \(bad.exitCode)"
      let others = shards.filter { !$0.isOver }.count
      throw CommandFailure(
        code: bad.state == "FAILED" ? bad.exitCode : 1,
        message: "shard \(index) is \(bad.state.lowercased())\(code); see "
          + scripts.logPath(shard: index)
          + (others == 0 ? "" : "; to end the \(others) others: scancel \(jobs.array)"))
    }
    let summary = (try? String(contentsOfFile: scripts.mergeOutputPath, encoding: .utf8)) ?? ""
    print(summary, terminator: "")
    guard merge.isDone else {
      throw CommandFailure(
        code: merge.state == "FAILED" ? merge.exitCode : 1,
        message: "the merge is \(merge.state.lowercased()); see \(scripts.mergeOutputPath)")
    }
  }
}
