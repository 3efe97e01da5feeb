import DataFiles
public import Results
public import Scenarios

/// What a run gave, for a person at a terminal or a program behind a pipe.
public struct RunSummary: Sendable {
  /// The result; of a partial run that of the devices that were finished.
  public let result: RunResult
  /// The gates, tried on the result.
  public let gates: [GateOutcome]
  /// How long it took on the wall's clock; nil for a result out of files.
  public let wallSeconds: Double?
  /// Whether the run was ended early.
  public let isPartial: Bool

  /// Sums up a result and tries its gates.
  ///
  /// - Parameters:
  ///   - failIf: Conditions that must not be true.
  ///   - wallSeconds: How long it took; nil for a result out of files.
  ///   - isPartial: Whether it was ended early; then no gate is tried.
  public init(
    _ result: RunResult, failIf: [Condition] = [], wallSeconds: Double? = nil,
    isPartial: Bool = false
  ) {
    self.result = result
    self.wallSeconds = wallSeconds
    self.isPartial = isPartial
    // A shard is not the fleet that the scenario's gates are about: they wait for the merge.
    let demands = result.identity.shardCount == 1 ? result.scenario.gates : []
    gates =
      isPartial
      ? []
      : demands.compactMap { try? Condition($0) }
        .map { GateOutcome($0, isDemand: true, on: result.fleet) }
        + failIf.map { GateOutcome($0, isDemand: false, on: result.fleet) }
  }

  /// The line that says what was broken and how to see it again, for the first of all breaches.
  public var alarm: String? {
    guard result.brokenCount > 0 else { return nil }
    guard let (breach, comparison) = result.breaches.first else {
      return "BROKEN   an invariant, \(result.brokenCount) times; run again: \(reproduce)"
    }
    let place = comparison.map { " in the comparison \"\($0)\"" } ?? ""
    let replay = result.identity.replay(
      seed: breach.seed, device: breach.device, comparison: comparison)
    return """
      BROKEN   seed \(breach.seed), device \(breach.device)\(place), after \
      \(PlainText.time(milliseconds: Double(breach.atMilliseconds))): \(breach.invariant): \
      \(breach.detail)
      replay   \(replay)
      """
  }

  /// The command that does the same again.
  public var reproduce: String {
    let identity = result.identity
    let shard = identity.shardCount > 1 ? " --shard \(identity.shard)/\(identity.shardCount)" : ""
    return identity.command + shard
  }

  /// Why the run failed its purpose, in one line, or nil.
  public var shortcoming: String? {
    if result.brokenCount > 0 { return "an invariant was broken \(result.brokenCount) times" }
    let failed = gates.filter { !$0.isPassed }
    guard let first = failed.first else { return nil }
    let what = first.isDemand ? "should be" : "must not be"
    return "\(first.condition.text) \(what) true, and the value is \(first.valueText)"
      + (failed.count > 1 ? "; \(failed.count - 1) more gates failed" : "")
  }

  /// The milliseconds simulated, of all devices together, in all fleets.
  var simulatedMilliseconds: Double {
    result.fleets.reduce(0) { $0 + Double($1.deviceMilliseconds) }
  }

  /// The hours of devices that were simulated in a second.
  var deviceHoursPerSecond: Double? {
    guard let wallSeconds, wallSeconds > 0 else { return nil }
    return simulatedMilliseconds / 3_600_000 / wallSeconds
  }
}
