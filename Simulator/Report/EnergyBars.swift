import Energy
import Foundation
import Page
import Results

/// Bars of millijoules an hour, stacked by cause, one for each fleet.
struct EnergyBars {
  let fleets: [(name: String, fleet: FleetResult)]

  private static let left = 210.0
  private static let right = 110.0
  private static let rowHeight = 30.0
  private static let top = 24.0

  private var totals: [Double] {
    fleets.map { one in
      Cause.allCases.reduce(0) { $0 + one.fleet.millijoulesPerHour(of: $1.rawValue) }
    }
  }

  /// Whether energy was counted.
  var hasContent: Bool { totals.contains { $0 > 0 } }

  /// The causes with their colours.
  static var legend: String {
    let items = Cause.allCases.map {
      "<li><i style=\"background:\($0.colour)\"></i>\($0.title)</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }

  var svg: String {
    let most = max(totals.max() ?? 0, 1e-9)
    let scale = (ChartFrame.width - Self.left - Self.right) / most
    let height = Self.top + Double(fleets.count) * Self.rowHeight + 6
    var parts = [
      "<svg viewBox=\"0 0 \(HTML.coordinate(ChartFrame.width)) \(HTML.coordinate(height))\" "
        + "role=\"img\" aria-label=\"Millijoules an hour by cause\">"
    ]
    for value in ChartScale.steps(upTo: most) {
      let x = HTML.coordinate(Self.left + value * scale)
      parts.append(
        "<line class=\"grid\" x1=\"\(x)\" y1=\"18\" x2=\"\(x)\" "
          + "y2=\"\(HTML.coordinate(height - 4))\"/><text class=\"tick\" x=\"\(x)\" y=\"13\" "
          + "text-anchor=\"middle\">\(HTML.number(value))\(value == 0 ? " mJ/h" : "")</text>")
    }
    for (index, one) in fleets.enumerated() {
      parts += row(one, total: totals[index], y: Self.top + Double(index) * Self.rowHeight, scale)
    }
    return (parts + ["</svg>"]).joined(separator: "\n")
  }

  private func row(
    _ one: (name: String, fleet: FleetResult), total: Double, y: Double, _ scale: Double
  ) -> [String] {
    let middle = HTML.coordinate(y + Self.rowHeight / 2 + 4)
    var parts = [
      "<text class=\"label\" x=\"\(HTML.coordinate(Self.left - 10))\" y=\"\(middle)\" "
        + "text-anchor=\"end\">\(HTML.escaped(one.name))</text>"
    ]
    var x = Self.left
    for cause in Cause.allCases {
      let value = one.fleet.millijoulesPerHour(of: cause.rawValue)
      guard value > 0 else { continue }
      parts.append(
        "<rect x=\"\(HTML.coordinate(x))\" y=\"\(HTML.coordinate(y + 5))\" "
          + "width=\"\(String(format: "%.2f", value * scale))\" "
          + "height=\"\(HTML.coordinate(Self.rowHeight - 10))\" fill=\"\(cause.colour)\">"
          + "<title>\(cause.title) \(HTML.number(value)) mJ/h</title></rect>")
      x += value * scale
    }
    parts.append(
      "<text class=\"value\" x=\"\(HTML.coordinate(x + 8))\" y=\"\(middle)\">"
        + "\(HTML.number(total))</text>")
    return parts
  }
}
