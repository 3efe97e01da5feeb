import DataFiles
import Results

/// A fleet's result as the summary has it.
struct FleetSummary {
  let fleet: FleetResult

  init(_ fleet: FleetResult) { self.fleet = fleet }

  var members: [String: JSON] {
    var members = fleet.summaryCounts
    members["digest"] = .text(fleet.digest.text)
    members["devices"] = .integer(UInt64(fleet.devices))
    members["energy"] = .object(
      Dictionary(
        uniqueKeysWithValues: fleet.energyNanojoules.keys.map {
          ("\($0)MillijoulesPerHour", .number(rounded(fleet.millijoulesPerHour(of: $0))))
        }))
    members["battery"] = .object([
      "ended": .integer(fleet.deaths), "p05Days": days(5), "p50Days": days(50),
      "p95Days": days(95),
    ])
    members["invariants"] = .object([
      "checked": .integer(sum(fleet.checked)), "broken": .integer(sum(fleet.broken)),
      "brokenByName": .object(fleet.broken.mapValues { .integer($0) }),
    ])
    members["faults"] = .object(fleet.faults.mapValues { .integer($0) })
    members["failures"] = .object(fleet.failures.mapValues { .integer($0) })
    for (name, histogram) in [
      ("connectMilliseconds", fleet.connectTime), ("deliveryMilliseconds", fleet.deliveryTime),
      ("offlineMilliseconds", fleet.offlineTime), ("backOffMilliseconds", fleet.backOffTime),
    ] {
      members[name] = .object([
        "count": .integer(histogram.count), "p50": .integer(histogram.percentile(50)),
        "p90": .integer(histogram.percentile(90)), "p99": .integer(histogram.percentile(99)),
        "max": .integer(histogram.largest),
      ])
    }
    return members
  }

  private func sum(_ counts: [String: UInt64]) -> UInt64 {
    counts.values.reduce(0) { $0 &+ $1 }
  }

  private func days(_ percent: Double) -> JSON {
    let hours = fleet.batteryLifeHours(percent: percent)
    return hours.isFinite ? .number(rounded(hours / 24)) : .null
  }

  /// Three digits behind the point are plenty for a reader.
  private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }
}
