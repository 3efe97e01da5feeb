/// A value in a data file together with the way there.
struct Located {
  let value: JSONValue
  let file: String
  let path: String

  func error(_ problem: String) -> ProfileError {
    ProfileError(file: file, key: path.isEmpty ? nil : path, problem: problem)
  }

  /// The members of an object, each of which has to be one of `allowed`.
  func members(allowed: [String]) throws(ProfileError) -> [String: Located] {
    guard case .object(let members) = value else {
      throw error("should be an object, and is \(value.kind)")
    }
    for key in members.keys.sorted() where !allowed.contains(key) {
      throw member(key, members[key] ?? .null).error(
        "is not known here; the keys are \(allowed.joined(separator: ", "))")
    }
    return members.reduce(into: [:]) { $0[$1.key] = member($1.key, $1.value) }
  }

  /// Any members of an object, in the order of their keys.
  func anyMembers() throws(ProfileError) -> [(key: String, value: Located)] {
    guard case .object(let members) = value else {
      throw error("should be an object, and is \(value.kind)")
    }
    return members.sorted { $0.key < $1.key }.map { ($0.key, member($0.key, $0.value)) }
  }

  /// The items of a list.
  func items() throws(ProfileError) -> [Located] {
    guard case .list(let items) = value else {
      throw error("should be a list, and is \(value.kind)")
    }
    return items.enumerated().map {
      Located(value: $1, file: file, path: "\(path)[\($0)]")
    }
  }

  func text() throws(ProfileError) -> String {
    guard case .text(let text) = value, !text.isEmpty else {
      throw error("should be a text, and is \(value.kind)")
    }
    return text
  }

  func truth() throws(ProfileError) -> Bool {
    guard case .boolean(let truth) = value else {
      throw error("should be true or false, and is \(value.kind)")
    }
    return truth
  }

  func number(in range: ClosedRange<Double>, meaning: String) throws(ProfileError) -> Double {
    let right =
      "should be a number from \(plain(range.lowerBound)) to \(plain(range.upperBound)): \(meaning)"
    guard case .number(let number) = value, number.isFinite, range.contains(number) else {
      throw error("is \(value.kind); it \(right)")
    }
    return number
  }

  /// The same place under another name, for complaints.
  func renamed(_ path: String) -> Located { Located(value: value, file: file, path: path) }

  private func member(_ key: String, _ value: JSONValue) -> Located {
    Located(value: value, file: file, path: path.isEmpty ? key : "\(path).\(key)")
  }
}

extension [String: Located] {
  /// The member `key`, or a complaint that it is missing and what it should be.
  func required(_ key: String, of parent: Located, _ meaning: String) throws(ProfileError)
    -> Located
  {
    guard let member = self[key] else {
      throw ProfileError(
        file: parent.file, key: parent.path.isEmpty ? key : "\(parent.path).\(key)",
        problem: "is missing; it should be \(meaning)")
    }
    return member
  }
}
