import Foundation
import Page

/// Round values for an axis.
enum ChartScale {
  /// The logarithm, moved so that nothing at all lies at the bottom.
  static func log(_ value: Double) -> Double { log10(1 + max(value, 0)) }

  /// Zero and the powers of ten.
  static func powers(upTo most: Double) -> [Double] {
    var values = [0.0, 1]
    while let last = values.last, last * 10 <= most { values.append(last * 10) }
    return values
  }

  /// About five round values.
  static func steps(upTo most: Double) -> [Double] {
    let step = HTML.step(most, count: 5)
    guard step > 0 else { return [0] }
    return Array(stride(from: 0, through: most * 1.0001, by: step))
  }
}

/// A time axis in seconds, marked in the unit that suits its length.
struct TimeScale {
  private static let units: [(seconds: Double, name: String)] = [
    (31_557_600, "y"), (86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"),
  ]

  /// About eight round moments with their texts.
  func marks(_ range: ClosedRange<Double>) -> [(Double, String)] {
    let span = range.upperBound - range.lowerBound
    let unit = Self.units.first { span >= 2 * $0.seconds } ?? (1, "s")
    let step = max(HTML.step(span / unit.seconds, count: 8), unit.seconds > 1 ? 0.5 : 1)
    var value = (range.lowerBound / unit.seconds / step).rounded(.up) * step
    var marks: [(Double, String)] = []
    while value * unit.seconds <= range.upperBound {
      marks.append((value * unit.seconds, "\(HTML.short(value)) \(unit.name)"))
      value += step
    }
    return marks
  }
}
