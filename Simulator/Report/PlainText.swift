import Foundation
import Page

/// Numbers and times for a terminal.
enum PlainText {
  /// A number: whole ones with all their digits, others in three that count.
  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : HTML.short(value)
  }

  /// The time for which a rate is told, and its name: a quiet fleet has few events in an hour.
  static func rateUnit(for perSecond: Double) -> (seconds: Double, name: String) {
    let units = [(1.0, "s"), (60, "min"), (3_600, "h"), (86_400, "d")]
    return units.first { perSecond * $0.0 >= 2 } ?? (31_557_600, "y")
  }

  /// Events a second, minute, hour, day or year.
  static func rate(_ perSecond: Double) -> String {
    guard perSecond > 0 else { return "0" }
    let unit = rateUnit(for: perSecond)
    return "\(HTML.number(perSecond * unit.seconds))/\(unit.name)"
  }

  /// A time in a unit that suits its length.
  static func time(milliseconds: Double) -> String {
    guard milliseconds.isFinite else { return "beyond the run" }
    for (size, unit) in [
      (31_557_600_000.0, "y"), (86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s"),
    ] where milliseconds >= size { return "\(HTML.short(milliseconds / size)) \(unit)" }
    return "\(HTML.short(milliseconds)) ms"
  }
}
