public import DataFiles
public import Scenarios

extension FleetResult {
  /// The value of a metric, in its unit; infinite for an end of a battery that did not come.
  public func value(of metric: Metric) -> Double {
    let parts = metric.name.split(separator: ".").map(String.init)
    guard parts.count == 2 else { return single(parts[0]) }
    if let percent = Metric.percent(parts[1]), let value = percentile(parts[0], percent) {
      return value
    }
    switch (parts[0], parts[1]) {
    case ("connects", "peakPerSecond"): return series.peakPerSecond(\.attempts)
    case ("tokens", "peakPerSecond"): return series.peakPerSecond(\.tokens)
    case ("time", "largestError"): return Double(time.largestErrorMilliseconds)
    case ("invariants", "checked"): return Double(checked.values.reduce(0, UInt64.sum))
    case ("invariants", "broken"): return Double(broken.values.reduce(0, UInt64.sum))
    case ("faults", "total"): return Double(faults.values.reduce(0, UInt64.sum))
    case ("failures", "total"): return Double(failures.values.reduce(0, UInt64.sum))
    case ("faults", let kind): return Double(faults[kind] ?? 0)
    case ("energy", "total"):
      return energyNanojoules.keys.reduce(0) { $0 + millijoulesPerHour(of: $1) }
    case ("energy", let cause): return millijoulesPerHour(of: cause)
    default: return count(metric.name)
    }
  }

  private func single(_ name: String) -> Double {
    name == "devices" ? Double(devices) : count(name)
  }

  private func count(_ name: String) -> Double {
    guard let count = Self.counts.first(where: { $0.name == name }) else {
      preconditionFailure("the metric \(name) has no count")
    }
    return Double(self[keyPath: count.path])
  }

  private func percentile(_ group: String, _ percent: Double) -> Double? {
    switch group {
    case "connects": Double(connectTime.percentile(percent))
    case "delivery": Double(deliveryTime.percentile(percent))
    case "offline": Double(offlineTime.percentile(percent))
    case "backOff": Double(backOffTime.percentile(percent))
    case "battery": batteryLifeHours(percent: percent) * 3_600_000
    default: nil
    }
  }

  /// After how many hours so many percent of all devices' batteries had ended; infinite where
  /// they did not within the run.
  public func batteryLifeHours(percent: Double) -> Double {
    let wanted = max(1, (Double(devices) * percent / 100).rounded(.up))
    guard devices > 0, Double(batteryLife.count) >= wanted else { return .infinity }
    return Double(batteryLife.value(atRank: UInt64(wanted)))
  }

  /// Millijoules an hour for a cause, of a device on average.
  public func millijoulesPerHour(of cause: String) -> Double {
    guard deviceMilliseconds > 0, let total = energyNanojoules[cause] else { return 0 }
    return Double(total) / 1e6 / (Double(deviceMilliseconds) / 3_600_000)
  }
}

extension FleetResult {
  /// The single counts in their groups, as the summary has them, with peaks beside them.
  public var summaryCounts: [String: JSON] {
    var members = countMembers
    for (group, path) in [("connects", \Series.attempts), ("tokens", \Series.tokens)] {
      guard case .object(var counts)? = members[group] else { continue }
      counts["peakPerSecond"] = .number(series.peakPerSecond(path))
      members[group] = .object(counts)
    }
    return members
  }
}
