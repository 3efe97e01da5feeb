import Page

/// The frame of a chart with two axes: where values lie, and the grid behind them.
struct ChartFrame {
  /// Colours that stay apart in print and to colour-blind eyes, one for each fleet.
  static let colours = [
    "#1565c0", "#c2185b", "#2e7d32", "#f57c00", "#6a1b9a", "#00838f", "#5d4037", "#455a64",
    "#9e9d24",
  ]

  static let width = 960.0
  static let height = 300.0
  private static let left = 66.0
  private static let right = 14.0
  private static let top = 14.0
  private static let bottom = 34.0

  /// The values from the left edge to the right one.
  let across: ClosedRange<Double>
  /// The value at the top; the bottom is zero.
  let most: Double
  /// Whether heights grow with the logarithm: a storm is a thousand times a calm day.
  let isLogarithmic: Bool

  private var plotWidth: Double { Self.width - Self.left - Self.right }
  private var plotHeight: Double { Self.height - Self.top - Self.bottom }

  func x(_ value: Double) -> Double {
    let span = max(across.upperBound - across.lowerBound, 1e-9)
    return Self.left + (value - across.lowerBound) / span * plotWidth
  }

  func y(_ value: Double) -> Double {
    let part =
      isLogarithmic ? ChartScale.log(value) / ChartScale.log(max(most, 1)) : value / max(most, 1e-9)
    return Self.top + (1 - min(max(part, 0), 1)) * plotHeight
  }

  /// The picture around its parts.
  func svg(label: String, _ parts: [String]) -> String {
    let size = "\(HTML.coordinate(Self.width)) \(HTML.coordinate(Self.height))"
    return "<svg viewBox=\"0 0 \(size)\" role=\"img\" aria-label=\"\(HTML.escaped(label))\">\n"
      + parts.joined(separator: "\n") + "\n</svg>"
  }

  /// Lines across with their values.
  ///
  /// - Parameter unit: What a value is multiplied with before it is told: round ones are marked.
  func rows(unit: Double = 1, _ text: (Double) -> String) -> [String] {
    let most = most * unit
    let told = isLogarithmic ? ChartScale.powers(upTo: most) : ChartScale.steps(upTo: most)
    let values = told.map { $0 / unit }
    return values.flatMap { value in
      let y = HTML.coordinate(y(value))
      return [
        "<line class=\"grid\" x1=\"\(HTML.coordinate(Self.left))\" y1=\"\(y)\" "
          + "x2=\"\(HTML.coordinate(Self.left + plotWidth))\" y2=\"\(y)\"/>",
        "<text class=\"tick\" x=\"\(HTML.coordinate(Self.left - 6))\" y=\"\(y)\" dy=\"4\" "
          + "text-anchor=\"end\">\(text(value * unit))</text>",
      ]
    }
  }

  /// Lines down with their times.
  func columns(_ scale: TimeScale) -> [String] {
    scale.marks(across).flatMap { value, text in
      let x = HTML.coordinate(x(value))
      return [
        "<line class=\"grid\" x1=\"\(x)\" y1=\"\(HTML.coordinate(Self.top))\" x2=\"\(x)\" "
          + "y2=\"\(HTML.coordinate(Self.top + plotHeight))\"/>",
        "<text class=\"tick\" x=\"\(x)\" y=\"\(HTML.coordinate(Self.height - 14))\" "
          + "text-anchor=\"middle\">\(text)</text>",
      ]
    }
  }

  /// A dashed line across with what it means.
  func limit(_ value: Double, _ text: String) -> String {
    let y = HTML.coordinate(y(value))
    return "<line x1=\"\(HTML.coordinate(Self.left))\" y1=\"\(y)\" "
      + "x2=\"\(HTML.coordinate(Self.left + plotWidth))\" y2=\"\(y)\" stroke=\"#c62828\" "
      + "stroke-width=\"1.5\" stroke-dasharray=\"7 4\"/>"
      + "<text class=\"tick\" x=\"\(HTML.coordinate(Self.left + plotWidth - 4))\" y=\"\(y)\" "
      + "dy=\"-4\" text-anchor=\"end\" style=\"fill:#c62828\">\(HTML.escaped(text))</text>"
  }

  /// A line through points.
  func line(_ points: [(x: Double, y: Double)], colour: String, dash: String? = nil) -> String {
    let text = points.map { "\(HTML.coordinate(x($0.x))),\(HTML.coordinate(y($0.y)))" }
      .joined(separator: " ")
    let dashes = dash.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return "<polyline points=\"\(text)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.5\" "
      + "stroke-linejoin=\"round\"\(dashes)/>"
  }

  /// The fleets with their colours.
  static func legend(_ names: [String]) -> String {
    let items = names.enumerated().map {
      "<li><i style=\"background:\(colours[$0 % colours.count])\"></i>\(HTML.escaped($1))</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }
}
