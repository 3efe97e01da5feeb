import Foundation
import Page

/// Curves of the charge that is left, each a band between the hungriest and most frugal figures.
struct LifeChart {
  /// The policies to draw, at most six, which a reader can still tell apart.
  let assessments: [Assessment]

  private static let width = 960.0
  private static let height = 330.0
  private static let left = 46.0
  private static let right = 190.0
  private static let top = 14.0
  private static let bottom = 40.0
  private static let colours = [
    "#1565c0", "#c2185b", "#2e7d32", "#f57c00", "#6a1b9a", "#00838f",
  ]

  /// Chooses the policies: for each credential the one with the longest and the shortest life, less
  /// those whose curves would lie on another.
  init(of all: [Assessment]) {
    let alive = all.filter { $0.longest != nil }
    var chosen: [Assessment] = []
    for credential in Policy.Credential.allCases {
      let some = alive.filter { $0.policy.credential == credential }
        .sorted { $0.lifeDays.upperBound > $1.lifeDays.upperBound }
      for one in [some.first, some.last].compactMap({ $0 })
      where !chosen.contains(where: { Self.isClose($0, one) }) { chosen.append(one) }
    }
    chosen.sort { $0.lifeDays.upperBound > $1.lifeDays.upperBound }
    // Of more than six, the middle ones go: the ends say most.
    while chosen.count > Self.colours.count { chosen.remove(at: chosen.count / 2) }
    assessments = chosen
  }

  private static func isClose(_ one: Assessment, _ other: Assessment) -> Bool {
    abs(one.lifeDays.upperBound / other.lifeDays.upperBound - 1) < 0.06
  }

  private var days: Double {
    max(assessments.map { $0.lifeDays.upperBound }.max() ?? 1, 1e-3)
  }

  private var plotWidth: Double { Self.width - Self.left - Self.right }
  private var plotHeight: Double { Self.height - Self.top - Self.bottom }

  var svg: String {
    var parts = [
      "<svg viewBox=\"0 0 \(HTML.coordinate(Self.width)) \(HTML.coordinate(Self.height))\" "
        + "role=\"img\" aria-label=\"Charge left over days\">"
    ]
    parts += axes
    for (index, assessment) in assessments.enumerated() {
      parts.append(band(assessment, colour: Self.colours[index]))
    }
    parts += labels
    parts.append("</svg>")
    return parts.joined(separator: "\n")
  }

  private var axes: [String] {
    var parts: [String] = []
    for percent in stride(from: 0.0, through: 100, by: 25) {
      let y = HTML.coordinate(y(percent))
      parts.append(
        "<line class=\"grid\" x1=\"\(HTML.coordinate(Self.left))\" y1=\"\(y)\" "
          + "x2=\"\(HTML.coordinate(Self.left + plotWidth))\" y2=\"\(y)\"/>")
      parts.append(
        "<text class=\"tick\" x=\"\(HTML.coordinate(Self.left - 6))\" y=\"\(y)\" dy=\"4\" "
          + "text-anchor=\"end\">\(Int(percent))\(percent == 100 ? " %" : "")</text>")
    }
    let step = HTML.step(days, count: 6)
    var day = 0.0
    while day <= days * 1.0001 {
      let x = HTML.coordinate(x(day))
      parts.append(
        "<line class=\"grid\" x1=\"\(x)\" y1=\"\(HTML.coordinate(Self.top))\" x2=\"\(x)\" "
          + "y2=\"\(HTML.coordinate(Self.top + plotHeight))\"/>")
      parts.append(
        "<text class=\"tick\" x=\"\(x)\" y=\"\(HTML.coordinate(Self.height - 20))\" "
          + "text-anchor=\"middle\">\(HTML.number(day))\(day == 0 ? " days" : "")</text>")
      day += step
    }
    return parts
  }

  private func band(_ assessment: Assessment, colour: String) -> String {
    guard let short = assessment.shortest, let long = assessment.longest else { return "" }
    let there = points(of: short)
    let back = points(of: long).reversed()
    let all = (there + back).map { "\(HTML.coordinate($0.0)),\(HTML.coordinate($0.1))" }
      .joined(separator: " ")
    let line = { (life: BatteryLife) in
      points(of: life).map { "\(HTML.coordinate($0.0)),\(HTML.coordinate($0.1))" }
        .joined(separator: " ")
    }
    return """
      <polygon points="\(all)" fill="\(colour)" fill-opacity="0.18"/>
      <polyline points="\(line(short))" fill="none" stroke="\(colour)" stroke-width="1.6"/>
      <polyline points="\(line(long))" fill="none" stroke="\(colour)" stroke-width="1.6" \
      stroke-dasharray="5 3"/>
      """
  }

  /// A curve of at most eighty points, and down to the axis where it ends.
  private func points(of life: BatteryLife) -> [(Double, Double)] {
    let stride = max(1, life.samples.count / 80)
    var points: [(Double, Double)] = []
    for (index, sample) in life.samples.enumerated()
    where index % stride == 0 || index == life.samples.count - 1 {
      points.append((x(min(sample.days, life.days)), y(sample.percent)))
    }
    points.append((x(life.days), y(0)))
    return points
  }

  /// The key, in the order of the lives.
  private var labels: [String] {
    assessments.enumerated().flatMap { index, assessment in
      let y = Self.top + 12 + Double(index) * 36
      let x = Self.left + plotWidth + 18
      return [
        "<rect x=\"\(HTML.coordinate(x))\" y=\"\(HTML.coordinate(y - 9))\" width=\"12\" "
          + "height=\"12\" fill=\"\(Self.colours[index])\"/>",
        "<text class=\"label\" x=\"\(HTML.coordinate(x + 18))\" y=\"\(HTML.coordinate(y + 1))\">"
          + "\(HTML.escaped(assessment.policy.id))</text>",
        "<text class=\"tick\" x=\"\(HTML.coordinate(x + 18))\" y=\"\(HTML.coordinate(y + 15))\">"
          + "\(HTML.band(assessment.lifeDays)) days</text>",
      ]
    }
  }

  private func x(_ day: Double) -> Double { Self.left + day / days * plotWidth }

  private func y(_ percent: Double) -> Double { Self.top + (1 - percent / 100) * plotHeight }
}
