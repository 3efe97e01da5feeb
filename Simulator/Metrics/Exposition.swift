/// A page of figures in the text format of Prometheus, version 0.0.4.
///
/// The first sample of a name is preceded by what it means and of which kind it is; all samples of
/// one name have to follow each other.
public struct Exposition {
  /// What a figure does over time.
  public enum Kind: String, Sendable {
    /// It only grows; the name ends in `_total`.
    case counter
    /// It goes up and down.
    case gauge
    /// Counts by upper bounds.
    case histogram
  }

  /// A label of a sample: its name, and what it says here.
  public typealias Label = (name: String, value: String)

  /// The page so far.
  public private(set) var text = ""

  /// Creates an empty page.
  public init() {}

  /// Begins the figure `name`, in base units such as seconds.
  public mutating func begin(_ name: String, _ kind: Kind, help: String) {
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// Adds a sample.
  public mutating func add(_ name: String, _ labels: [Label] = [], _ value: Double) {
    add(name, labels, text: Self.text(of: value))
  }

  /// Adds a sample that is a whole number.
  public mutating func add(_ name: String, _ labels: [Label] = [], _ value: Int) {
    add(name, labels, text: "\(value)")
  }

  /// Adds the samples of one histogram.
  ///
  /// - Parameters:
  ///   - buckets: Upper bounds in ascending order, each with the number of all values up to it.
  ///   - count: The number of all values.
  ///   - sum: Their sum.
  public mutating func add(
    _ name: String, _ labels: [Label], buckets: [(bound: Double, count: UInt64)], count: UInt64,
    sum: Double
  ) {
    for bucket in buckets {
      add(
        name + "_bucket", labels + [("le", Self.text(of: bucket.bound))], text: "\(bucket.count)")
    }
    add(name + "_bucket", labels + [("le", "+Inf")], text: "\(count)")
    add(name + "_sum", labels, text: Self.text(of: sum))
    add(name + "_count", labels, text: "\(count)")
  }

  private mutating func add(_ name: String, _ labels: [Label], text value: String) {
    text += name
    if !labels.isEmpty {
      let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
      text += "{" + list.joined(separator: ",") + "}"
    }
    text += " " + value + "\n"
  }

  /// Backslashes and line ends, and in labels quotation marks, would end what they stand in.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// A whole number without a fraction, so that the bound 1 is `1` for everybody.
  private static func text(of value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
