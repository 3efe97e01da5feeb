import DataFiles
import Foundation
import Units

/// How long a shard takes, going by a short trial here.
struct ShardEstimate {
  /// What a shard should take at least, so that starting it costs little in comparison.
  static let secondsMinimum = 60.0
  /// What a shard should take where one may choose.
  static let secondsWanted = 300.0

  /// The time of a shard.
  let seconds: Double
  private let submission: Submission

  /// Simulates a few devices for a moment; nil if that is too short to say anything.
  ///
  /// Devices are much alike, but the beginning of a life is its busiest time, so that the estimate
  /// is more often too long than too short.
  init?(_ submission: Submission) {
    self.submission = submission
    let started = ContinuousClock.now
    let end = started + .milliseconds(500)
    // Enough devices that what the first one has to set up does not count.
    let devices = submission.scenario.deviceCount
    let trial = ShardArgument(index: 0, count: max(1, devices / 30))
    let trialDevices = (devices + trial.count - 1) / trial.count
    let runner = FleetRunner(
      scenario: submission.scenario, seeds: submission.seeds, shard: trial, jobs: 1)
    var part = 0.0
    let outcome = runner.run(isInterrupted: { ContinuousClock.now > end }) {
      part = Double($0.milliseconds) / Double(max($0.totalMilliseconds, 1))
    }
    if outcome.isComplete { part = 1 }
    guard part > 0 else { return nil }
    let elapsed = (ContinuousClock.now - started) / .seconds(1)
    seconds =
      elapsed / part
      * Double(submission.devicesOfShard) / Double(trialDevices)
      / Double(submission.cpus)
  }

  /// The time in words.
  var text: String {
    let rounded = seconds < 100 ? max(seconds.rounded(), 1) : (seconds / 60).rounded() * 60
    return "about " + Interval(seconds: UInt64(min(rounded, 1e15))).text
  }

  /// What speaks against this number of shards, or nil.
  ///
  /// - Parameter limit: The time after which the engine ends a shard.
  func warning(limit: Interval?) -> String? {
    if let limit, seconds > Double(limit.milliseconds) / 1_000 {
      return "a shard takes \(text), and --time is \(limit.text): take more shards or more time"
    }
    guard submission.shards > 1, seconds < Self.secondsMinimum else { return nil }
    let better = max(1, Int(seconds * Double(submission.shards) / Self.secondsWanted))
    return "a shard takes \(text), and starting one takes the queue seconds: "
      + (better == 1 ? "one process would do" : "--shards \(better) would do")
  }
}
