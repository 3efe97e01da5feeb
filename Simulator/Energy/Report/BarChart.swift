import Foundation
import Page

/// Bars of millijoules an hour, stacked by cause, a policy each.
struct BarChart {
  let assessments: [Assessment]

  private static let width = 960.0
  private static let left = 250.0
  private static let right = 150.0
  private static let rowHeight = 26.0
  private static let top = 26.0

  /// The most that the axis shows; a bar beyond it is cut and says so.
  private var most: Double {
    assessments.map { $0.load.total.millijoules }.max() ?? 1
  }

  var svg: String {
    let height = Self.top + Double(assessments.count) * Self.rowHeight + 8
    let scale = (Self.width - Self.left - Self.right) / max(most, 1e-9)
    var parts = [
      "<svg viewBox=\"0 0 \(HTML.coordinate(Self.width)) \(HTML.coordinate(height))\" role=\"img\" "
        + "aria-label=\"Millijoules an hour by policy and cause\">"
    ]
    parts += axis(scale: scale, height: height)
    for (index, assessment) in assessments.enumerated() {
      parts += row(assessment, y: Self.top + Double(index) * Self.rowHeight, scale: scale)
    }
    parts.append("</svg>")
    return parts.joined(separator: "\n")
  }

  private func axis(scale: Double, height: Double) -> [String] {
    var parts: [String] = []
    let step = HTML.step(most, count: 5)
    var value = 0.0
    while value <= most * 1.0001 {
      let x = HTML.coordinate(Self.left + value * scale)
      parts.append(
        "<line class=\"grid\" x1=\"\(x)\" y1=\"\(HTML.coordinate(Self.top - 6))\" x2=\"\(x)\" "
          + "y2=\"\(HTML.coordinate(height - 6))\"/>")
      parts.append(
        "<text class=\"tick\" x=\"\(x)\" y=\"14\" text-anchor=\"middle\">"
          + "\(HTML.number(value))\(value == 0 ? " mJ/h" : "")</text>")
      value += step
    }
    return parts
  }

  private func row(_ assessment: Assessment, y: Double, scale: Double) -> [String] {
    let policy = assessment.policy
    let middle = HTML.coordinate(y + Self.rowHeight / 2 + 4)
    var parts = [
      "<text class=\"label\" x=\"\(HTML.coordinate(Self.left - 10))\" y=\"\(middle)\" "
        + "text-anchor=\"end\">\(HTML.escaped(policy.id))\(policy.isAvailable ? "" : " *")</text>"
    ]
    var x = Self.left
    for cause in Cause.allCases {
      let value = assessment.load[cause].millijoules
      let width = value * scale
      guard width > 0 else { continue }
      parts.append(
        "<rect x=\"\(HTML.coordinate(x))\" y=\"\(HTML.coordinate(y + 4))\" "
          + "width=\"\(String(format: "%.2f", width))\" "
          + "height=\"\(HTML.coordinate(Self.rowHeight - 8))\" fill=\"\(cause.colour)\">"
          + "<title>\(HTML.escaped(policy.id)): \(cause.title) \(HTML.number(value)) mJ/h</title>"
          + "</rect>")
      x += width
    }
    let life =
      assessment.objection == nil ? "\(HTML.band(assessment.lifeDays)) d" : "does not work"
    parts.append(
      "<text class=\"value\" x=\"\(HTML.coordinate(x + 8))\" y=\"\(middle)\">"
        + "\(HTML.number(assessment.load.total.millijoules))"
        + "<tspan class=\"life\" dx=\"8\">\(life)</tspan></text>")
    return parts
  }
}
