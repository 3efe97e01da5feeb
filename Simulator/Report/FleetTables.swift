import Page
import Results

/// The tables of a page, a row for each fleet where there are several.
struct FleetTables {
  let fleets: [(name: String, fleet: FleetResult)]

  /// A table of texts, the first column a head.
  static func table(_ heads: [String], _ rows: [[String]]) -> String {
    let head = heads.map { "<th>\(HTML.escaped($0))</th>" }.joined()
    let lines = rows.map { row in
      let cells = row.dropFirst().map { "<td>\(HTML.escaped($0))</td>" }.joined()
      return "<tr><th>\(HTML.escaped(row.first ?? ""))</th>\(cells)</tr>"
    }
    return "<table class=\"rows\"><thead><tr>\(head)</tr></thead><tbody>\n"
      + lines.joined(separator: "\n") + "\n</tbody></table>"
  }

  private func count(_ value: UInt64) -> String { HTML.number(Double(value)) }

  var messages: String {
    Self.table(
      [
        "messages", "accepted", "acknowledged", "lost", "twice", "waiting", "refused", "dropped",
      ],
      fleets.map { name, fleet in
        let counts = fleet.messages
        return [name]
          + [
            counts.accepted, counts.acknowledged, counts.lost, counts.duplicated, counts.waiting,
            counts.refused, counts.dropped,
          ].map { HTML.number(Double($0)) }
      })
  }

  var connects: String {
    Self.table(
      [
        "connections", "attempts", "peak", "full", "resumed", "refused", "failed",
        "99 % back within", "all back within",
      ],
      fleets.map { name, fleet in
        let counts = fleet.connects
        return [
          name, count(counts.attempted), PlainText.rate(fleet.series.peakPerSecond(\.attempts)),
          count(counts.full), count(counts.resumed), count(counts.refused), count(counts.failed),
          time(fleet.offlineTime, 99), time(fleet.offlineTime, 100),
        ]
      })
  }

  var tokens: String {
    Self.table(
      ["tokens", "signed", "peak", "refused", "connections renewed"],
      fleets.map { name, fleet in
        [
          name, count(fleet.tokens.signed), PlainText.rate(fleet.series.peakPerSecond(\.tokens)),
          count(fleet.tokens.refused), count(fleet.tokens.renewals),
        ]
      })
  }

  var percentiles: String {
    let percents = [50.0, 90, 95, 99, 99.9]
    let kinds: [(String, KeyPath<FleetResult, Histogram>)] = [
      ("connecting", \.connectTime), ("delivery", \.deliveryTime), ("offline", \.offlineTime),
      ("wait before connecting", \.backOffTime),
    ]
    let rows = kinds.flatMap { title, path in
      fleets.map { name, fleet in
        let histogram = fleet[keyPath: path]
        return [fleets.count > 1 ? "\(title), \(name)" : title, count(histogram.count)]
          + percents.map { time(histogram, $0) } + [time(histogram, 100)]
      }
    }
    return Self.table(
      ["time", "times"] + percents.map { "\(HTML.short($0)) %" } + ["longest"], rows)
  }

  private func time(_ histogram: Histogram, _ percent: Double) -> String {
    guard histogram.count > 0 else { return "–" }
    let value = percent == 100 ? histogram.largest : histogram.percentile(percent)
    return PlainText.time(milliseconds: Double(value))
  }

  var lives: String {
    Self.table(
      ["batteries", "ended", "5 % ended after", "half", "95 %"],
      fleets.map { name, fleet in
        [name, "\(fleet.deaths) of \(fleet.devices)"]
          + [5.0, 50, 95].map {
            PlainText.time(milliseconds: fleet.batteryLifeHours(percent: $0) * 3_600_000)
          }
      })
  }

  /// How often each of some names was counted, by fleet.
  func tally(_ head: String, _ path: KeyPath<FleetResult, [String: UInt64]>) -> String? {
    let names = Set(fleets.flatMap { $0.fleet[keyPath: path].filter { $0.value > 0 }.keys })
    guard !names.isEmpty else { return nil }
    return Self.table(
      [head] + fleets.map(\.name),
      names.sorted().map { name in
        [name] + fleets.map { count($0.fleet[keyPath: path][name] ?? 0) }
      })
  }

  /// How often each invariant was checked and broken, over all fleets.
  var invariants: String {
    var checked: [String: UInt64] = [:]
    var broken: [String: UInt64] = [:]
    for (_, fleet) in fleets {
      checked.merge(fleet.checked, uniquingKeysWith: &+)
      broken.merge(fleet.broken, uniquingKeysWith: &+)
    }
    return Self.table(
      ["invariant", "checked", "broken"],
      Set(checked.keys).union(broken.keys).sorted().map {
        [$0, count(checked[$0] ?? 0), count(broken[$0] ?? 0)]
      })
  }
}
