import Page

/// The result as one HTML page that needs nothing else: no script, font or image from elsewhere.
public struct ReportPage {
  private let assessments: [Assessment]
  private let reproduce: String

  /// Creates a page of assessments, those of a core, radio and battery together.
  public init(_ assessments: [Assessment], reproduce: String) {
    precondition(!assessments.isEmpty)
    self.assessments = assessments
    self.reproduce = reproduce
  }

  /// The page.
  public var html: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>What authentication costs a battery</title>
    <style>
    \(PageStyle.css)
    </style>
    </head>
    <body>
    <header>
    <h1>What authentication costs a battery</h1>
    <p class="lead">\(HTML.escaped(traffic)). Millijoules an hour by cause, and days of life; \
    every result is a band between the frugal and the hungry end of what the sources allow.</p>
    \(legend)
    </header>
    \(groups.map(group).joined(separator: "\n"))
    \(notes)
    <section class="page">
    <h2>Inputs and their sources</h2>
    <p>Each figure with its band, and how far it may be trusted: <span class="standing measured">\
    measured</span> for this project, <span class="standing published">published</span> in the \
    named source, <span class="standing derived">derived</span> from such numbers, or an \
    <span class="standing estimate">estimate</span>: measure that before you rely on it.</p>
    \(InputTables.html(assessments))
    </section>
    <footer>
    <p>The same page again:</p>
    <pre>\(HTML.escaped(reproduce))</pre>
    </footer>
    </body>
    </html>

    """
  }

  private var traffic: String {
    EnergyTable.traffic(of: assessments[0])
  }

  /// The assessments of each core, radio and battery.
  private var groups: [[Assessment]] {
    assessments.reduce(into: []) { groups, assessment in
      if let last = groups.last?.first,
        EnergyTable.title(of: last) == EnergyTable.title(of: assessment)
      {
        groups[groups.count - 1].append(assessment)
      } else {
        groups.append([assessment])
      }
    }
  }

  private var legend: String {
    let items = Cause.allCases.map {
      "<li><i style=\"background:\($0.colour)\"></i>\($0.title)</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }

  private func group(_ assessments: [Assessment]) -> String {
    let first = assessments[0]
    let curves = LifeChart(of: assessments)
    var parts = [
      "<section class=\"page\">",
      "<h2>\(HTML.escaped(first.parts.radio.name))</h2>",
      "<p class=\"parts\">\(HTML.escaped(first.battery.name)) · "
        + "\(HTML.escaped(first.parts.core.name))</p>",
      answer(assessments), "<figure>", BarChart(assessments: assessments).svg,
      "<figcaption>Mean power by policy. Behind each bar: millijoules an hour, then days of life."
        + "</figcaption></figure>",
    ]
    parts += objections(assessments)
    if !curves.assessments.isEmpty {
      parts += [
        "<figure>", curves.svg,
        "<figcaption>Charge left: for each credential the policies with the longest and the "
          + "shortest life, where they differ. Solid: hungriest figures; dashed: most frugal. "
          + "\(end(of: assessments))</figcaption></figure>",
      ]
    }
    parts += [table(assessments), "</section>"]
    return parts.joined(separator: "\n")
  }

  /// The question that it all began with, answered for this device.
  private func answer(_ assessments: [Assessment]) -> String {
    let hourly = assessments.first { one in
      one.policy.credential == .jwtES256 && one.policy.credentialHours == 1
        && one.policy.renewal == .full && one.policy.connection == .kept
    }
    guard let row = hourly else { return "" }
    let total = row.load.total.millijoules
    func share(_ causes: Cause...) -> String {
      let part = causes.reduce(0) { $0 + row.load[$1].millijoules }
      return "<b>\(Pairing.number(part / total * 100)) %</b>"
    }
    return """
      <p class="answer">With an ES256 token of one hour and a full handshake (<code>\
      \(HTML.escaped(row.policy.id))</code>), signing is \(share(.signing)) of what the device \
      takes, and computing the handshake \(share(.handshakeCompute)). The radio of that handshake \
      is \(share(.handshakeRadio)), pings are \(share(.keepAlive)), and the messages \
      themselves \(share(.dataRadio)).</p>
      """
  }

  /// What ends the lives, in a sentence.
  private func end(of assessments: [Assessment]) -> String {
    let ends = Set(assessments.compactMap { $0.shortest?.end })
    guard ends.count == 1, let end = ends.first,
      let life = assessments.first(where: { $0.shortest != nil })?.shortest
    else { return "" }
    switch end {
    case .empty: return "All end with the last charge that the load can draw."
    case .shelfLife: return "All end with the shelf life, not with the charge."
    case .voltage:
      let left = Pairing.number(life.samples.last?.percent ?? 0)
      return "All end when the voltage under the highest load is too low, with about \(left) % of "
        + "the charge unused."
    }
  }

  private func objections(_ assessments: [Assessment]) -> [String] {
    var explained: Set<String> = []
    return assessments.compactMap { assessment in
      guard let objection = assessment.objection,
        explained.insert(String(objection.prefix { $0 != ":" })).inserted
      else { return nil }
      return "<p class=\"objection\">\(HTML.escaped(objection))</p>"
    }
  }

  private func table(_ assessments: [Assessment]) -> String {
    let heads = Cause.allCases.map { "<th><span>\($0.title)</span></th>" }.joined()
    let rows = assessments.map { assessment in
      let cells = Cause.allCases.map {
        "<td>\(HTML.number(assessment.load[$0].millijoules))</td>"
      }
      let mark = assessment.policy.isAvailable ? "" : " *"
      let life = assessment.objection == nil ? HTML.band(assessment.lifeDays) : "–"
      let shelf = assessment.shortest?.end == .shelfLife ? " <span>shelf life</span>" : ""
      return "<tr><th>\(HTML.escaped(assessment.policy.id))\(mark)"
        + "<br><span>\(HTML.escaped(assessment.policy.name))</span></th>\(cells.joined())"
        + "<td class=\"sum\">\(HTML.band(assessment.millijoules()))</td>"
        + "<td class=\"sum\">\(life)\(shelf)</td></tr>"
    }
    return """
      <table class="rows"><thead><tr><th>policy</th>\(heads)<th><span>mJ/h in all</span></th>\
      <th><span>days</span></th></tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table>
      """
  }

  private var notes: String {
    let star =
      assessments.contains { !$0.policy.isAvailable }
      ? "<p>* The core has not this door yet; it is priced from the measured operations that it "
        + "would be made of.</p>" : ""
    return """
      <section class="notes">
      \(star)
      <p>Modelled: instructions times cycles over the clock; waking, sending, receiving, waiting, \
      tail and sleep of the radio, which also waits for the core's computing; pings by the silence \
      between messages; questions for the time; the outbox in flash; the sensor. The battery: two \
      wells of charge (kinetic battery model), voltage and resistance by charge, self-discharge, \
      temperature, cut-off, pulse limit, shelf life.</p>
      <p>Not modelled: retransmissions and bad coverage, changes of cell, other traffic on the \
      same channel, updates of the firmware, ageing of rechargeable cells, passivation of lithium \
      cells after a long rest.</p>
      </section>
      """
  }
}
