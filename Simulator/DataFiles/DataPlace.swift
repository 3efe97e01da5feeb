/// A value in a data file together with the way there, read with complaints that help.
public struct DataPlace {
  /// The value.
  public let node: JSONNode
  /// The file, for complaints.
  public let file: String
  /// The path of the value in the file; empty for the whole.
  public let path: String

  /// The whole of a file.
  public init(_ node: JSONNode, file: String) {
    self.init(node: node, file: file, path: "")
  }

  private init(node: JSONNode, file: String, path: String) {
    self.node = node
    self.file = file
    self.path = path
  }

  /// A complaint about this place.
  public func error(_ problem: String) -> DataError {
    DataError(file: file, line: node.line, path: path, problem: problem)
  }

  /// The complaint that a member is missing, and what it should be.
  public func missing(_ key: String, _ meaning: String) -> DataError {
    DataError(
      file: file, line: node.line, path: path.isEmpty ? key : "\(path).\(key)",
      problem: "is missing; it should be \(meaning)")
  }

  /// The members of an object, each of which has to be one of `allowed`.
  public func members(allowed: [String]) throws(DataError) -> [String: DataPlace] {
    var members: [String: DataPlace] = [:]
    for (key, place) in try anyMembers() {
      guard allowed.contains(key) else {
        throw place.error("is not known here; the keys are \(allowed.joined(separator: ", "))")
      }
      members[key] = place
    }
    return members
  }

  /// Any members of an object, in the order of the file.
  public func anyMembers() throws(DataError) -> [(key: String, place: DataPlace)] {
    guard case .object(let members) = node.content else {
      throw error("is \(node.kind); it should be an object")
    }
    if let wrong = members.first(where: { !Self.isPrintable($0.key) }) {
      throw DataError(
        file: file, line: wrong.value.line, path: path, problem: "has a control character in a key")
    }
    return members.map {
      let key = $0.key.prefix(80)
      return (
        $0.key,
        DataPlace(node: $0.value, file: file, path: path.isEmpty ? "\(key)" : "\(path).\(key)")
      )
    }
  }

  /// The items of a list of at most `countMaximum`.
  public func items(countMaximum: Int) throws(DataError) -> [DataPlace] {
    guard case .list(let items) = node.content else {
      throw error("is \(node.kind); it should be a list")
    }
    guard items.count <= countMaximum else {
      throw error("has \(items.count) items; it should have \(countMaximum) at most")
    }
    return items.enumerated().map {
      DataPlace(node: $1, file: file, path: "\(path)[\($0)]")
    }
  }

  /// A text without control characters: it may be printed to a terminal later.
  public func text(_ meaning: String) throws(DataError) -> String {
    guard case .text(let text) = node.content else {
      throw error("is \(node.kind); it should be a text: \(meaning)")
    }
    guard Self.isPrintable(text) else {
      throw error("has a control character; it should be \(meaning)")
    }
    return text
  }

  /// Whether a text has no control character.
  public static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// True or false.
  public func truth(_ meaning: String) throws(DataError) -> Bool {
    guard case .boolean(let truth) = node.content else {
      throw error("is \(node.kind); it should be true or false: \(meaning)")
    }
    return truth
  }

  /// A number in a range.
  public func number(
    in range: ClosedRange<Double>, _ meaning: String
  ) throws(DataError) -> Double {
    guard case .number(let digits) = node.content, let number = Double(digits),
      range.contains(number)
    else {
      throw error(
        "is \(node.kind); it should be a number from \(JSON.plain(range.lowerBound)) to "
          + "\(JSON.plain(range.upperBound)): \(meaning)")
    }
    return number
  }

  /// A whole number in a range, exactly as it is written.
  public func integer<Value: FixedWidthInteger>(
    in range: ClosedRange<Value>, _ meaning: String
  ) throws(DataError) -> Value {
    guard case .number(let digits) = node.content, let number = Value(digits),
      range.contains(number)
    else {
      throw error(
        "is \(node.kind); it should be a whole number from \(range.lowerBound) to "
          + "\(range.upperBound): \(meaning)")
    }
    return number
  }

  /// The same place under another name, for complaints.
  public func renamed(_ path: String) -> DataPlace {
    DataPlace(node: node, file: file, path: path)
  }

  /// What it is, in a word, for a complaint.
  public var kind: String { node.kind }

  /// Whether it is `null`.
  public var isNull: Bool {
    if case .null = node.content { return true }
    return false
  }
}

extension [String: DataPlace] {
  /// The member `key`, or a complaint that it is missing and what it should be.
  public func required(
    _ key: String, of parent: DataPlace, _ meaning: String
  ) throws(DataError) -> DataPlace {
    guard let member = self[key] else { throw parent.missing(key, meaning) }
    return member
  }
}
