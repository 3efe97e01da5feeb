import DataFiles
import Results
import Scenarios

extension RunSummary {
  /// The summary as `--format json` prints it.
  public var jsonText: String { json.lines }

  /// A line of JSON for each fleet and each breach, then one for the summary.
  public var jsonLines: String {
    var lines: [JSON] = []
    let names = [result.scenario.name] + result.comparisons.map(\.name)
    for (name, fleet) in zip(names, result.fleets) {
      lines.append(
        .object(
          ["kind": .text("fleet"), "name": .text(name)]
            .merging(FleetSummary(fleet).members) { $1 }))
    }
    lines += breaches.map { .object(["kind": .text("breach")].merging($0) { $1 }) }
    var summary: [String: JSON] = [:]
    if case .object(let members) = json { summary = members }
    summary["kind"] = .text("summary")
    lines.append(.object(summary))
    return lines.map(\.line).joined(separator: "\n")
  }

  private var json: JSON {
    let identity = result.identity
    var members = FleetSummary(result.fleet).members
    members["scenario"] = .text(result.scenario.name)
    members["scenarioHash"] = .text(identity.scenarioHash)
    members["build"] = .text(identity.build)
    members["seeds"] = .list([.integer(identity.firstSeed), .integer(identity.lastSeed)])
    members["shard"] = .text("\(identity.shard)/\(identity.shardCount)")
    members["partial"] = .boolean(isPartial)
    members["simulatedSeconds"] = .integer(result.scenario.duration.seconds)
    members["wallSeconds"] = wallSeconds.map { .number($0) } ?? .null
    members["deviceHoursPerSecond"] = deviceHoursPerSecond.map { .number($0) } ?? .null
    members["gates"] = .list(gates.map(\.json))
    members["comparisons"] = .list(
      result.comparisons.map { other in
        .object(
          ["name": .text(other.name)].merging(FleetSummary(other.fleet).members) { $1 })
      })
    if case .object(var invariants)? = members["invariants"] {
      // Those of the comparisons count too: the run failed where any was broken.
      invariants["broken"] = .integer(result.brokenCount)
      invariants["breaches"] = .list(breaches.map { .object($0) })
      members["invariants"] = .object(invariants)
    }
    members["reproduce"] = .text(reproduce)
    return .object(members)
  }

  private var breaches: [[String: JSON]] {
    result.breaches.prefix(FleetResult.breachMaximum).map { breach, comparison in
      [
        "invariant": .text(breach.invariant), "seed": .integer(breach.seed),
        "device": .integer(UInt64(breach.device)),
        "atMilliseconds": .integer(breach.atMilliseconds), "detail": .text(breach.detail),
        "comparison": comparison.map { .text($0) } ?? .null,
        "replay": .text(
          result.identity.replay(
            seed: breach.seed, device: breach.device, comparison: comparison)),
      ]
    }
  }
}
