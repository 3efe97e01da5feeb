import Foundation

/// Text as HTML and SVG want it.
public enum HTML {
  /// A text without characters that mean something to a browser.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A coordinate with a tenth of a pixel.
  public static func coordinate(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number in the three digits that count.
  public static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "0" }
    let digits = max(0, 2 - Int(log10(abs(value)).rounded(.down)))
    let text = String(format: "%.\(min(digits, 6))f", value)
    guard text.contains(".") else { return text }
    let short = text.reversed().drop { $0 == "0" }.reversed()
    return String(short.last == "." ? short.dropLast() : short[...])
  }

  /// A number for a reader: three digits that count, thousands apart.
  public static func number(_ value: Double) -> String {
    let text = short(value)
    guard let whole = Int(text), abs(whole) >= 10_000 else { return text }
    let digits = String(abs(whole))
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += "\u{202F}" }
      result.append(digit)
    }
    return (whole < 0 ? "-" : "") + result
  }

  /// A band for a reader.
  public static func band(_ range: ClosedRange<Double>) -> String {
    let (low, high) = (number(range.lowerBound), number(range.upperBound))
    return low == high ? low : "\(low) – \(high)"
  }

  /// A round step for an axis with about `count` marks.
  public static func step(_ most: Double, count: Double) -> Double {
    guard most > 0 else { return 1 }
    let raw = most / count
    let power = pow(10, log10(raw).rounded(.down))
    for factor in [1.0, 2, 5] where raw <= factor * power { return factor * power }
    return 10 * power
  }
}
