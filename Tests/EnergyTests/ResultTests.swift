import Energy
import Foundation
import Testing

/// The result's forms: JSON as documented, a table, a page that needs nothing else.
@Suite struct ResultTests {
  private func rows(_ change: (inout Bench) -> Void = { _ in }) throws -> [Assessment] {
    var bench = try Bench()
    change(&bench)
    return try bench.library.policies.map { try bench.assess($0) }
      .sorted { $0.load.total.millijoules < $1.load.total.millijoules }
  }

  @Test func theJSONHasTheDocumentedKeys() throws {
    let summary = try EnergySummary(
      rows(), reproduce: "swiftlet energy")
    let object = try JSONSerialization.jsonObject(with: Data(try summary.json().utf8))
    let list = try #require((object as? [String: Any])?["rows"] as? [[String: Any]])
    #expect(list.count == 22)
    for row in list {
      for key in ["auth", "policy", "core", "radio", "battery"] { #expect(row[key] is String) }
      let energy = try #require(row["millijoulesPerHour"] as? [String: Double])
      let causes = [
        "signing", "handshakeCompute", "symmetricCrypto", "handshakeRadio", "dataRadio",
        "keepAlive", "timeSync", "flash", "sensor", "sleep",
      ]
      #expect(Set(energy.keys) == Set(causes + ["total"]))
      let sum = causes.reduce(0) { $0 + (energy[$1] ?? 0) }
      #expect(isNear(energy["total"] ?? 0, sum, within: 1e-9))
      let life = try #require(row["lifeDays"] as? [String: Double])
      #expect((life["low"] ?? 0) > 0 && (life["high"] ?? 0) >= (life["low"] ?? 0))
    }
  }

  @Test func resultsAreBands() throws {
    for row in try rows() {
      let band = row.millijoules()
      #expect(band.lowerBound < band.upperBound)
      #expect(band.contains(row.load.total.millijoules))
      #expect(row.lifeDays.lowerBound < row.lifeDays.upperBound)
      // Signing takes exactly what the band of cycles an instruction says.
      let signing = row.millijoules(.signing)
      guard signing.lowerBound > 0 else { continue }
      #expect(isNear(signing.upperBound / signing.lowerBound, 1.8 / 1.35, within: 0.01))
    }
  }

  @Test func anObjectionIsInEveryForm() throws {
    let rows = try rows { $0.battery = "cr2032" }
    let sentence = "CR2032 coin cell gives pulses of at most 15 mA"
    let summary = EnergySummary(rows, reproduce: "x")
    #expect(summary.rows.allSatisfy { $0.objection?.hasPrefix(sentence) == true })
    #expect(summary.rows.allSatisfy { $0.lifeDays.low == 0 && $0.lifeDays.high == 0 })
    #expect(EnergyTable.text(rows).contains(sentence))
    let page = ReportPage(rows, reproduce: "x")
    #expect(page.html.contains(sentence))
  }

  @Test func theTableIsSortedAndCloses() throws {
    let rows = try rows()
    let text = EnergyTable.text(rows)
    let lines = text.split(separator: "\n").filter { $0.contains(/\s(jwt-[er]s256|mtls|sigv4)\s/) }
    #expect(lines.count == 22)
    for (line, row) in zip(lines, rows) { #expect(line.hasPrefix(row.policy.id)) }
    #expect(text.contains("are bands"))
    #expect(text.contains("* The core has not this door yet"))
  }

  @Test func thePageStandsAlone() throws {
    let page = ReportPage(
      try rows(), reproduce: "swiftlet energy --core <mine> & co")
    let html = page.html
    #expect(html.hasPrefix("<!doctype html>"))
    for banned in ["<script", "src=", "href=", "@import", "url(", "http-equiv", "onload"] {
      #expect(!html.contains(banned), "\(banned)")
    }
    #expect(html.contains("swiftlet energy --core &lt;mine&gt; &amp; co"))
    #expect(html.contains("@media print"))
    for policy in try Bench().library.policies { #expect(html.contains(policy.id)) }
    // Every source of every figure that was used is on the page.
    let parts = try Bench().parts()
    for figure in parts.core.figures.values {
      #expect(html.contains(escaped(figure.source)), "\(figure.source)")
    }
    for figure in parts.radio.figures.values { #expect(html.contains(escaped(figure.source))) }
    // The markup is well-formed: as XML, but for what HTML leaves open.
    let xml = html.replacing("<!doctype html>", with: "").replacing(/<meta [^>]*>/, with: "")
      .replacing("<br>", with: "<br/>")
    #expect(try isBalanced(xml))
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  /// Whether each tag is closed in its order.
  private func isBalanced(_ text: String) throws -> Bool {
    var open: [Substring] = []
    for match in text.matches(of: /<(\/?)([a-z0-9]+)([^>]*?)(\/?)>/) {
      if match.4 == "/" { continue }
      if match.1.isEmpty {
        open.append(match.2)
      } else {
        guard open.popLast() == match.2 else {
          Issue.record("</\(match.2)> closes \(open.last ?? "nothing")")
          return false
        }
      }
    }
    return open.isEmpty
  }
}
