import Page
import Results

/// How many events a second there were over time, a line for each fleet.
struct RateChart {
  let fleets: [(name: String, fleet: FleetResult)]
  let series: KeyPath<Series, [UInt64]>
  let label: String
  /// The events a second that the cloud allows, with what to call them.
  let limit: (value: Double, text: String)?
  /// The seconds to show.
  let window: ClosedRange<Double>

  /// The points of a line: more would not be seen.
  private static let pointMaximum = 640

  /// Whether there is anything to see.
  var hasContent: Bool {
    fleets.contains { $0.fleet.series[keyPath: series].contains { $0 > 0 } }
  }

  var svg: String {
    let lines = fleets.map { points(of: $0.fleet.series) }
    let most = max(lines.joined().map(\.y).max() ?? 0, limit?.value ?? 0, 1e-9)
    let frame = ChartFrame(
      across: window, most: most, isLogarithmic: limit.map { most / $0.value > 5 } ?? false)
    let unit = PlainText.rateUnit(for: most)
    var parts =
      frame.rows(unit: unit.seconds) { $0 == 0 ? "0" : "\(HTML.number($0))/\(unit.name)" }
      + frame.columns(TimeScale())
    for (index, line) in lines.enumerated() {
      parts.append(frame.line(line, colour: ChartFrame.colours[index % ChartFrame.colours.count]))
    }
    if let limit { parts.append(frame.limit(limit.value, limit.text)) }
    return frame.svg(label: label, parts)
  }

  /// The highest rates within equal pieces of the window: a peak must not vanish in a mean.
  private func points(of all: Series) -> [(x: Double, y: Double)] {
    let width = Double(all.binMilliseconds) / 1_000
    let first = Int(window.lowerBound / width)
    let last = max(first, Int((window.upperBound / width).rounded(.up)) - 1)
    let counts = all[keyPath: series]
    let step = max(1, (last - first + 1 + Self.pointMaximum - 1) / Self.pointMaximum)
    return stride(from: first, through: last, by: step).map { bin in
      let end = min(bin + step, counts.count)
      let peak = bin < end ? counts[bin..<end].max() ?? 0 : 0
      let moment = min(max(Double(bin) * width, window.lowerBound), window.upperBound)
      return (moment, Double(peak) / width)
    }
  }
}
