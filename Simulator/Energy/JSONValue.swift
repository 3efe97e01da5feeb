import Foundation

/// A JSON text as it stands, so that complaints can name the key at fault.
enum JSONValue: Decodable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Reads a file's bytes, or says that they are not JSON.
  static func parse(_ data: Data, file: String) throws(ProfileError) -> JSONValue {
    do { return try JSONDecoder().decode(JSONValue.self, from: data) } catch {
      var reason = "\(error)"
      if case .dataCorrupted(let context)? = error as? DecodingError {
        reason = context.underlyingError.map { "\($0)" } ?? context.debugDescription
      }
      throw ProfileError(file: file, key: nil, problem: "is not JSON: \(reason)")
    }
  }

  /// What it is, in a word, for a complaint.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "a truth value"
    case .number(let number): "the number \(plain(number))"
    case .text(let text): "the text \"\(text)\""
    case .list: "a list"
    case .object: "an object"
    }
  }
}

/// A number without a needless fraction.
func plain(_ number: Double) -> String {
  guard number == number.rounded(), abs(number) < 1e15 else { return "\(number)" }
  return "\(Int(number))"
}
