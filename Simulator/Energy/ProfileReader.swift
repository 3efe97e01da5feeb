import DataFiles
import Foundation

/// Reads profiles out of JSON and checks every figure.
enum ProfileReader {
  /// Reads the profiles in a file: one, or a list under the key `profiles`.
  static func profiles<Key: FigureKey>(
    _ data: Data, file: String, of type: Key.Type = Key.self
  ) throws(DataError) -> [Profile<Key>] {
    let root = try DataPlace(data, file: file)
    var found: [Profile<Key>] = []
    for item in try items(of: root) { found.append(try profile(item)) }
    for (index, one) in found.enumerated()
    where found.prefix(index).contains(where: { $0.id == one.id }) {
      throw root.error("has two profiles called \(one.id)")
    }
    return found
  }

  /// The kind of the profiles in a file, for a folder of mixed files; nil for none.
  static func kind(of data: Data, file: String) throws(DataError) -> ProfileKind? {
    let root = try DataPlace(data, file: file)
    guard let first = try items(of: root).first else { return nil }
    return first.word("kind").flatMap(ProfileKind.init)
  }

  /// The names of the profiles in a file.
  static func names(in root: DataPlace) throws(DataError) -> [String] {
    var names: [String] = []
    for item in try items(of: root) {
      guard let id = item.word("id") else {
        throw item.missing("id", "the name for the command line")
      }
      names.append(id)
    }
    return names
  }

  private static func items(of root: DataPlace) throws(DataError) -> [DataPlace] {
    _ = try root.anyMembers()
    guard root.has("profiles") else { return [root] }
    let list = try root.members(allowed: ["$schema", "profiles"])
    return try list.required("profiles", of: root, "a list of profiles").items()
  }

  private static func profile<Key: FigureKey>(_ item: DataPlace) throws(DataError) -> Profile<Key> {
    let words = Key.kind.words
    let members = try item.members(
      allowed: ["$schema", "kind", "id", "name", "figures", "curves"] + words.map(\.key))
    let id = try members.required("id", of: item, "the name for the command line").text()
    guard id.wholeMatch(of: /[a-z0-9][a-z0-9.-]*/) != nil else {
      throw item.error("id is \"\(id)\"; it should have small letters, digits, dots and hyphens")
    }
    let place = item.renamed(id)
    let kind = try members.required("kind", of: place, "\"\(Key.kind.rawValue)\"").text()
    guard kind == Key.kind.rawValue else {
      throw place.error("kind is \"\(kind)\"; it should be \"\(Key.kind.rawValue)\"")
    }
    let name = try members.required("name", of: place, "what it is called in print").text()
    var texts: [String: String] = [:]
    for word in words { texts[word.key] = try text(word, in: members, of: place) }
    let figures = try members.required("figures", of: place, "an object of figures")
      .renamed("\(id).figures")
    return Profile(
      id: id, name: name, words: texts, figures: try read(figures),
      curves: try curves(members["curves"]?.renamed("\(id).curves"), of: place, Key.kind))
  }

  private static func text(
    _ word: WordRule, in members: [String: DataPlace], of place: DataPlace
  ) throws(DataError) -> String {
    let meaning =
      word.allowed.isEmpty
      ? "a text: \(word.meaning)" : "\(word.allowed.joined(separator: " or ")): \(word.meaning)"
    let member = try members.required(word.key, of: place, meaning)
    let text = try member.renamed("\(place.path).\(word.key)").text()
    guard word.allowed.isEmpty || word.allowed.contains(text) else {
      throw place.error("\(word.key) is \"\(text)\"; it should be \(meaning)")
    }
    return text
  }

  private static func read<Key: FigureKey>(_ place: DataPlace) throws(DataError) -> [Key: Figure] {
    let members = try place.members(allowed: Key.allCases.map(\.rawValue))
    var figures: [Key: Figure] = [:]
    for key in Key.allCases {
      let rule = key.rule
      guard let member = members[key.rawValue] else {
        guard rule.fallback == nil else { continue }
        throw DataError(
          file: place.file, line: place.node.line, path: "\(place.path).\(key.rawValue)",
          problem:
            "is missing; it should be {\"value\": …, \"standing\": …, \"source\": …} with a number "
            + "from \(plain(rule.range.lowerBound)) to \(plain(rule.range.upperBound)): "
            + rule.meaning)
      }
      figures[key] = try figure(member, rule.range, meaning: rule.meaning)
    }
    return figures
  }

  /// Reads one figure with its band and its source.
  static func figure(
    _ place: DataPlace, _ range: ClosedRange<Double>, meaning: String
  ) throws(DataError) -> Figure {
    let members = try place.members(allowed: ["value", "low", "high", "standing", "source"])
    let value = try members.required("value", of: place, meaning)
      .number(in: range, meaning)
    let low = try members["low"]?.number(in: range, meaning) ?? value
    let high = try members["high"]?.number(in: range, meaning) ?? value
    guard low <= value, value <= high else {
      throw place.error(
        "low, value and high are \(plain(low)), \(plain(value)) and \(plain(high)); "
          + "they should rise")
    }
    let (standing, source) = try origin(members, of: place)
    return Figure(value: value, low: low, high: high, standing: standing, source: source)
  }

  private static func origin(
    _ members: [String: DataPlace], of place: DataPlace
  ) throws(DataError) -> (Figure.Standing, String) {
    let names = Figure.Standing.allCases.map(\.rawValue).joined(separator: ", ")
    let text = try members.required("standing", of: place, "one of \(names)").text()
    guard let standing = Figure.Standing(rawValue: text) else {
      throw place.error("standing is \"\(text)\"; it should be one of \(names)")
    }
    return (standing, try members.required("source", of: place, "where it comes from").text())
  }

  private static func curves(
    _ place: DataPlace?, of parent: DataPlace, _ kind: ProfileKind
  ) throws(DataError) -> [String: Curve] {
    let rules = kind.curves
    let members = try place?.members(allowed: rules.map(\.key)) ?? [:]
    var curves: [String: Curve] = [:]
    for rule in rules {
      guard let member = members[rule.key] else {
        guard rule.isRequired else { continue }
        throw DataError(
          file: parent.file, line: parent.node.line, path: "\(parent.path).curves.\(rule.key)",
          problem: "is missing; it should be {\"points\": [[x, y], …], \"standing\": …, "
            + "\"source\": …}: \(rule.meaning)")
      }
      curves[rule.key] = try curve(member, rule)
    }
    return curves
  }

  private static func curve(_ place: DataPlace, _ rule: CurveRule) throws(DataError) -> Curve {
    let members = try place.members(allowed: ["points", "standing", "source"])
    var points: [Curve.Point] = []
    for item in try members.required("points", of: place, "a list of [x, y]").items() {
      let pair = try item.items()
      guard pair.count == 2 else { throw item.error("should be two numbers, [x, y]") }
      let x = try pair[0].number(in: rule.x, rule.meaning)
      if let last = points.last, x <= last.x {
        throw item.error("begins with \(plain(x)); the first numbers should rise")
      }
      points.append(
        Curve.Point(x: x, y: try pair[1].number(in: rule.y, rule.meaning)))
    }
    guard points.count >= 2 else { throw place.error("should have at least two points") }
    let (standing, source) = try origin(members, of: place)
    return Curve(points, standing: standing, source: source)
  }
}
