import Energy
import Foundation

/// What the times in states come to, in the form that `--times` prints.
struct ChargeText: Encodable {
  private let core: String
  private let sensor: String
  private let seconds: Double
  private let states: [StateCharge.Line]
  private let millijoulesPerHour: Double

  init(_ charge: StateCharge, core: String, sensor: String) {
    self.core = core
    self.sensor = sensor
    seconds = charge.seconds
    states = charge.lines
    millijoulesPerHour = charge.millijoulesPerHour
  }

  func text(as format: OutputFormat) throws -> String {
    switch format {
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    case .text:
      var lines = [
        String(
          format: "%.1f h counted by the device, on %@ with %@; the radio is not in the record",
          seconds / 3_600, core, sensor),
        "state              seconds   permille         mC         mJ",
      ]
      for state in states {
        lines.append(
          state.state.padding(toLength: 12, withPad: " ", startingAt: 0)
            + String(
              format: "%14.3f %10.3f %10.3f %10.3f", state.seconds,
              seconds > 0 ? state.seconds / seconds * 1_000 : 0, state.millicoulombs,
              state.millijoules))
      }
      lines.append(String(format: "%.3f mJ/h", millijoulesPerHour))
      return lines.joined(separator: "\n")
    }
  }
}
