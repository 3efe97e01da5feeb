import Page
import Results

/// The part of the batteries that is alive, day by day, a line for each fleet.
struct SurvivalChart {
  let fleets: [(name: String, fleet: FleetResult)]
  /// The end of the run.
  let seconds: Double

  /// Whether a battery ended.
  var hasContent: Bool { fleets.contains { $0.fleet.batteryLife.count > 0 } }

  var svg: String {
    let frame = ChartFrame(across: 0...seconds, most: 1, isLogarithmic: false)
    var parts = frame.rows { "\(HTML.number($0 * 100)) %" } + frame.columns(TimeScale())
    for (index, one) in fleets.enumerated() {
      parts.append(
        frame.line(
          points(of: one.fleet), colour: ChartFrame.colours[index % ChartFrame.colours.count]))
    }
    return frame.svg(label: "Batteries alive over time", parts)
  }

  private func points(of fleet: FleetResult) -> [(x: Double, y: Double)] {
    var points = [(x: 0.0, y: 1.0)]
    var alive = Double(fleet.devices)
    for (bin, count) in fleet.batteryLife.counts.enumerated() where count > 0 {
      let moment = min(Double(Histogram.highest(in: bin)) * 3_600, seconds)
      points.append((moment, alive / Double(max(fleet.devices, 1))))
      alive -= Double(count)
      points.append((moment, alive / Double(max(fleet.devices, 1))))
    }
    points.append((seconds, alive / Double(max(fleet.devices, 1))))
    return points
  }
}
