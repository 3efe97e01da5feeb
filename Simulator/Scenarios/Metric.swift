/// A number of a result that conditions speak about.
public struct Metric: Sendable, Equatable {
  /// Its name, such as `connects.p99`.
  public let name: String
  /// What it counts in.
  public let unit: Unit

  /// What a number counts in.
  public enum Unit: Sendable {
    /// Things.
    case count
    /// Milliseconds; a condition writes it as a time with its unit.
    case time
    /// Millijoules an hour, of a device on average.
    case millijoulesPerHour
  }

  /// The metric with a name, or nil.
  public init?(_ name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let group = parts.first, parts.count <= 2 else { return nil }
    self.name = name
    guard parts.count == 2 else {
      guard Self.single.contains(group) else { return nil }
      unit = .count
      return
    }
    if Self.distributions.contains(group), Self.percent(parts[1]) != nil {
      unit = .time
    } else if group == "time", parts[1] == "largestError" {
      unit = .time
    } else if group == "energy", parts[1] == "total" || Self.causes.contains(parts[1]) {
      unit = .millijoulesPerHour
    } else if group == "faults",
      parts[1] == "total" || Fault.Kind(rawValue: parts[1]) != nil
    {
      unit = .count
    } else if Self.counts[group]?.contains(parts[1]) == true {
      unit = .count
    } else {
      return nil
    }
  }

  /// The percentage that a name such as `p05`, `p99` or `p999` (99.9) means; `max` is 100.
  public static func percent(_ name: String) -> Double? {
    if name == "max" { return 100 }
    guard name.hasPrefix("p"), (3...5).contains(name.utf8.count),
      name.dropFirst().allSatisfy({ ("0"..."9").contains($0) }),
      let digits = UInt64(name.dropFirst()), digits > 0
    else { return nil }
    return (3..<name.utf8.count).reduce(Double(digits)) { value, _ in value / 10 }
  }

  /// Metrics without a group.
  public static let single = ["devices", "deaths", "resets"]
  /// The groups of counts.
  public static let counts: [String: [String]] = [
    "messages": [
      "accepted", "refused", "dropped", "acknowledged", "delivered", "duplicated", "lost",
      "waiting",
    ],
    "connects": ["attempted", "full", "resumed", "refused", "failed", "peakPerSecond"],
    "tokens": ["signed", "refused", "renewals", "peakPerSecond"],
    "time": ["synchronizations", "rejections"],
    "flash": ["bytesProgrammed", "blocksErased", "mostErasures", "corrupted"],
    "failures": ["total"],
    "invariants": ["checked", "broken"],
  ]
  /// The groups of times: each has percentiles such as `p50` and `p999`, and `max`.
  public static let distributions = ["connects", "delivery", "offline", "backOff", "battery"]
  /// The causes of energy, in the words of the energy model.
  public static let causes = [
    "signing", "handshakeCompute", "symmetricCrypto", "handshakeRadio", "dataRadio", "keepAlive",
    "timeSync", "flash", "sensor", "sleep",
  ]

  /// All of them in a few lines, for help.
  public static var list: String {
    var lines = [single.joined(separator: ", ")]
    for (group, names) in counts.sorted(by: { $0.key < $1.key }) {
      lines.append("\(group).{\(names.joined(separator: ","))}")
    }
    lines.append("faults.{total,KIND}, energy.{total,CAUSE}, time.largestError")
    lines.append("{\(distributions.joined(separator: ","))}.{p05,p50,p99,p999,max}")
    return lines.joined(separator: "; ")
  }
}
