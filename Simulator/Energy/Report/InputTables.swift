import Page

/// The inputs of a page with their sources.
enum InputTables {
  /// A table of each profile that was used.
  static func html(_ assessments: [Assessment]) -> String {
    guard let first = assessments.first else { return "" }
    var parts: [String] = []
    parts += unique(assessments.map(\.parts.core)).map(table)
    parts += unique(assessments.map(\.parts.radio)).map(table)
    parts += unique(assessments.map(\.battery)).map(table)
    parts.append(table(first.parts.sensor))
    parts += uniqueEntries(assessments).map { costs($0, first.parts.costs) }
    parts.append(table(first.parts.exchange))
    return parts.joined(separator: "\n")
  }

  private static func unique<Key>(_ profiles: [Profile<Key>]) -> [Profile<Key>] {
    profiles.reduce(into: []) { found, profile in
      if !found.contains(where: { $0.id == profile.id }) { found.append(profile) }
    }
  }

  private static func uniqueEntries(_ assessments: [Assessment]) -> [CostTable.Entry] {
    assessments.reduce(into: []) { found, assessment in
      if !found.contains(assessment.parts.entry) { found.append(assessment.parts.entry) }
    }
  }

  private static func table<Key>(_ profile: Profile<Key>) -> String {
    var rows: [String] = []
    for key in Key.allCases {
      guard let figure = profile.figures[key] else { continue }
      rows.append(row(key.rawValue, key.rule.meaning, figure))
    }
    for name in profile.curves.keys.sorted() {
      guard let curve = profile.curves[name] else { continue }
      let points = curve.points.map { "\(HTML.number($0.x)): \(HTML.number($0.y))" }
      rows.append(
        row(
          name, "table", value: points.joined(separator: ", "), curve.standing, curve.source))
    }
    return section("\(Key.kind.rawValue): \(profile.name)", note: profile.id, rows)
  }

  private static func costs(_ entry: CostTable.Entry, _ table: CostTable) -> String {
    var rows = [
      row("cyclesPerInstruction", "processor cycles an instruction", table.cyclesPerInstruction)
    ]
    for operation in Operation.allCases {
      guard let count = entry.instructions[operation] else { continue }
      rows.append(
        row(
          operation.rawValue, operation.meaning,
          value: "\(HTML.number(Double(count) / 1e6)) million",
          entry.standing, entry.source))
    }
    return section(
      "instructions: \(entry.core), \(entry.setting)", note: "\(entry.board): \(entry.command)",
      rows)
  }

  private static func section(_ title: String, note: String, _ rows: [String]) -> String {
    """
    <section class="inputs">
    <h3>\(HTML.escaped(title)) <code>\(HTML.escaped(note))</code></h3>
    <table class="figures"><thead><tr><th>figure</th><th>value</th><th></th><th>source</th></tr>\
    </thead><tbody>
    \(rows.joined(separator: "\n"))
    </tbody></table>
    </section>
    """
  }

  private static func row(_ key: String, _ meaning: String, _ figure: Figure) -> String {
    let band =
      figure.low == figure.high
      ? "" : " <span class=\"band\">\(HTML.band(figure.low...figure.high))</span>"
    return row(
      key, meaning, value: HTML.number(figure.value), band: band, figure.standing, figure.source)
  }

  private static func row(
    _ key: String, _ meaning: String, value: String, band: String = "",
    _ standing: Figure.Standing, _ source: String
  ) -> String {
    "<tr><th><code>\(key)</code><br><span>\(HTML.escaped(meaning))</span></th>"
      + "<td class=\"value\">\(HTML.escaped(value))\(band)</td>"
      + "<td><span class=\"standing \(standing.rawValue)\">\(standing.rawValue)</span></td>"
      + "<td class=\"source\">\(HTML.escaped(source))</td></tr>"
  }
}
