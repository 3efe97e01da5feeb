import Foundation

/// Text as HTML and SVG want it.
enum HTML {
  /// A text without characters that mean something to a browser.
  static func escaped(_ text: String) -> String {
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
  static func coordinate(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number for a reader: three digits that count, thousands apart.
  static func number(_ value: Double) -> String {
    let text = Pairing.number(value)
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
  static func band(_ range: ClosedRange<Double>) -> String {
    let (low, high) = (number(range.lowerBound), number(range.upperBound))
    return low == high ? low : "\(low) – \(high)"
  }

  /// A round step for an axis with about `count` marks.
  static func step(_ most: Double, count: Double) -> Double {
    guard most > 0 else { return 1 }
    let raw = most / count
    let power = pow(10, log10(raw).rounded(.down))
    for factor in [1.0, 2, 5] where raw <= factor * power { return factor * power }
    return 10 * power
  }
}

extension Cause {
  /// A colour that keeps its distance from its neighbours, also in print and to colour-blind eyes.
  var colour: String {
    switch self {
    case .signing: "#c2185b"
    case .handshakeCompute: "#f57c00"
    case .symmetricCrypto: "#7b1fa2"
    case .handshakeRadio: "#1565c0"
    case .dataRadio: "#64b5f6"
    case .keepAlive: "#fbc02d"
    case .timeSync: "#8d6e63"
    case .flash: "#455a64"
    case .sensor: "#43a047"
    case .sleep: "#cfd8dc"
    }
  }
}
