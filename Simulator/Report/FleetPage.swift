import DataFiles
import Page
public import Results
import Scenarios
import Units

/// A result as one HTML page that needs nothing else: no script, font or image from elsewhere.
public struct FleetPage {
  private let result: RunResult
  private let fleets: [(name: String, fleet: FleetResult)]
  private let tables: FleetTables

  /// Creates the page of a result.
  public init(_ result: RunResult) {
    self.result = result
    fleets =
      [(result.scenario.name, result.fleet)] + result.comparisons.map { ($0.name, $0.fleet) }
    tables = FleetTables(fleets: fleets)
  }

  /// The page.
  public var html: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTML.escaped(result.scenario.name)): a fleet in virtual time</title>
    <style>
    \(PageStyle.css)
    </style>
    </head>
    <body>
    <header>
    <h1>\(HTML.escaped(result.scenario.name))</h1>
    <p class="lead">\(HTML.escaped(lead))</p>
    \(alarm)
    \(gates)
    </header>
    \(sections.joined(separator: "\n"))
    \(configuration)
    <footer>
    <p>The same result again:</p>
    <pre>\(HTML.escaped(RunSummary(result).reproduce))</pre>
    </footer>
    </body>
    </html>

    """
  }

  private var lead: String {
    let identity = result.identity
    var text = result.scenario.summary + " "
    text += "\(HTML.number(Double(identity.deviceCount))) devices for "
    text += PlainText.time(milliseconds: Double(identity.durationMilliseconds))
    text += " in virtual time, "
    text +=
      identity.seedCount == 1
      ? "seed \(identity.firstSeed)." : "seeds \(identity.firstSeed) to \(identity.lastSeed)."
    return text
  }

  private var alarm: String {
    RunSummary(result).alarm.map { "<pre class=\"objection\">\(HTML.escaped($0))</pre>" } ?? ""
  }

  private var gates: String {
    let gates = RunSummary(result).gates
    guard !gates.isEmpty else { return "" }
    return FleetTables.table(
      ["gate", "value", ""],
      gates.map { [$0.condition.text, $0.valueText, $0.isPassed ? "passed" : "FAILED"] })
  }

  private var sections: [String] {
    [
      connects, tokens,
      section("How long things took", [tables.percentiles]), lives, energy,
      section(
        "What went wrong, and what must not",
        [
          tables.tally("faults that struck a device", \.faults),
          tables.tally("ends of connections and attempts", \.failures), tables.invariants,
          breaches,
        ].compactMap { $0 }),
    ].compactMap { $0 }
  }

  private func section(_ title: String, _ parts: [String]) -> String {
    "<section class=\"part\">\n<h2>\(HTML.escaped(title))</h2>\n"
      + parts.joined(separator: "\n") + "\n</section>"
  }

  private func figure(_ svg: String, _ caption: String) -> String {
    "<figure>\(svg)\n<figcaption>\(HTML.escaped(caption))</figcaption></figure>"
  }

  private var legend: String {
    fleets.count > 1 ? ChartFrame.legend(fleets.map(\.name)) : ""
  }
}

// MARK: - Sections

extension FleetPage {
  private var seconds: Double { Double(result.identity.durationMilliseconds) / 1_000 }

  private var throttle: (value: Double, text: String)? {
    result.scenario.cloud.connectsPerSecond.map {
      (Double($0), "the cloud takes \($0) a second")
    }
  }

  /// The minutes around the first fault that strikes all at once, where a storm is seen best.
  private var storm: ClosedRange<Double>? {
    for fault in result.scenario.faults {
      guard case .at(let moment, _) = fault.schedule, fault.scope == .fleet else { continue }
      let start = Double(moment.milliseconds) / 1_000
      guard start < seconds else { continue }
      let end = start + Double(fault.lasts.upperBound.milliseconds) / 1_000
      let window = max(0, start - 30)...min(seconds, end + max(600, end - start))
      return window.upperBound - window.lowerBound < seconds / 2 ? window : nil
    }
    return nil
  }

  private func rates(
    _ series: KeyPath<Series, [UInt64]>, _ label: String, _ window: ClosedRange<Double>,
    limit: (value: Double, text: String)? = nil
  ) -> RateChart {
    RateChart(fleets: fleets, series: series, label: label, limit: limit, window: window)
  }

  private var connects: String? {
    let all = rates(\.attempts, "Attempts to connect over time", 0...seconds, limit: throttle)
    guard all.hasContent else { return nil }
    let width = result.fleet.series.binMilliseconds
    var parts = [
      legend,
      figure(
        all.svg,
        "Attempts to connect a second, counted every "
          + "\(PlainText.time(milliseconds: Double(width))); each point shows the highest count "
          + "near it."),
    ]
    if let storm {
      let near = rates(\.attempts, "Attempts around the first fault", storm, limit: throttle)
      parts.append(figure(near.svg, "The same around the first fault that strikes all at once."))
    }
    return section("Connections", parts + [tables.connects, tables.messages])
  }

  private var tokens: String? {
    let chart = rates(\.tokens, "Tokens signed over time", 0...seconds)
    guard chart.hasContent else { return nil }
    return section(
      "Tokens",
      [
        legend, figure(chart.svg, "Tokens signed a second, counted in the same way."),
        tables.tokens,
      ])
  }

  private var lives: String? {
    let chart = SurvivalChart(fleets: fleets, seconds: seconds)
    guard result.scenario.device.energy?.battery != nil || chart.hasContent else { return nil }
    return section(
      "Batteries",
      [legend, figure(chart.svg, "The part of the batteries that is alive."), tables.lives])
  }

  private var energy: String? {
    let bars = EnergyBars(fleets: fleets)
    guard bars.hasContent else { return nil }
    return section(
      "Energy",
      [
        EnergyBars.legend,
        figure(bars.svg, "Millijoules an hour of a device on average, by what they were spent on."),
      ])
  }

  private var breaches: String? {
    let breaches = result.breaches
    guard !breaches.isEmpty else { return nil }
    let rows = breaches.prefix(20).map { breach, comparison in
      [
        breach.invariant,
        PlainText.time(milliseconds: Double(breach.atMilliseconds)), breach.detail,
        result.identity.replay(
          seed: breach.seed, device: breach.device, comparison: comparison),
      ]
    }
    return FleetTables.table(["first breaches", "after", "found", "to see it"], rows)
  }

  private var configuration: String {
    let identity = result.identity
    let rows = [
      ["build", identity.build], ["scenario", "\(identity.scenario), \(identity.scenarioHash)"],
      ["seeds", "\(identity.firstSeed) to \(identity.lastSeed)"],
      ["shard", "\(identity.shard) of \(identity.shardCount), counted from 0"],
      ["devices", HTML.number(Double(result.fleet.devices))],
      ["steps", HTML.number(Double(result.fleet.events))], ["digest", result.fleet.digest.text],
    ]
    let parts = [
      FleetTables.table(["what was run", ""], rows), "<h3>The whole scenario</h3>",
      "<pre>\(HTML.escaped(result.scenario.json.lines))</pre>",
    ]
    return section("Configuration", parts)
  }
}
