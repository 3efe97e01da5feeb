/// A JSON value to write, always in the same form: keys sorted, numbers in the fewest digits.
public indirect enum JSON: Sendable, Equatable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A whole number that is not negative.
  case integer(UInt64)
  /// A number, which must be finite.
  case number(Double)
  /// A text.
  case text(String)
  /// A list.
  case list([JSON])
  /// An object.
  case object([String: JSON])

  /// The value on one line.
  public var line: String {
    var text = ""
    write(to: &text, indent: nil)
    return text
  }

  /// The value on lines, indented by two spaces a level; lists of plain values stay on one line.
  public var lines: String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  /// What has to be laid over `other` to get this value; nil for nothing.
  ///
  /// Of objects the members that differ, so both must have the same keys.
  public func difference(from other: JSON) -> JSON? {
    guard self != other else { return nil }
    guard case .object(let mine) = self, case .object(let theirs) = other else { return self }
    var members: [String: JSON] = [:]
    for (key, value) in mine {
      guard let old = theirs[key] else {
        members[key] = value
        continue
      }
      members[key] = value.difference(from: old)
    }
    return .object(members)
  }

  /// A number in the fewest digits, without a needless fraction.
  public static func plain(_ number: Double) -> String {
    guard number == number.rounded(), abs(number) < 1e15 else { return "\(number)" }
    return "\(Int64(number))"
  }

  private var isPlain: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .boolean(let truth): text += truth ? "true" : "false"
    case .integer(let number): text += "\(number)"
    case .number(let number): text += Self.plain(number)
    case .text(let content): Self.write(content, to: &text)
    case .list(let items):
      let inner = items.allSatisfy(\.isPlain) ? nil : indent
      Self.write(items.map { ("", $0) }, "[", "]", to: &text, indent: inner)
    case .object(let members):
      let sorted = members.sorted { $0.key < $1.key }
      Self.write(sorted.map { ($0.key, $0.value) }, "{", "}", to: &text, indent: indent)
    }
  }

  private static func write(
    _ members: [(key: String, value: JSON)], _ open: String, _ close: String,
    to text: inout String, indent: Int?
  ) {
    text += open
    let inner = indent.map { $0 + 2 }
    for (index, member) in members.enumerated() {
      if index > 0 { text += inner == nil ? ", " : "," }
      newLine(to: &text, indent: inner)
      if open == "{" {
        write(member.key, to: &text)
        text += ": "
      }
      member.value.write(to: &text, indent: inner)
    }
    if !members.isEmpty { newLine(to: &text, indent: indent) }
    text += close
  }

  private static func newLine(to text: inout String, indent: Int?) {
    guard let indent else { return }
    text += "\n" + String(repeating: " ", count: indent)
  }

  private static func write(_ content: String, to text: inout String) {
    text += "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
