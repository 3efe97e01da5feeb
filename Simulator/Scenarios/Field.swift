import DataFiles
import Units

/// A key of the scenario file: how it is read and written, and what the schema says of it.
struct Field<Model> {
  let key: String
  /// What it means, in a few words; nil for a group of other keys.
  let meaning: String
  let schema: [String: JSON]
  let read: (DataPlace, inout Model) throws(DataError) -> Void
  /// What to write; nil to leave it out.
  let write: (Model) -> JSON?
}

extension Field {
  /// A number.
  static func number(
    _ key: String, _ path: WritableKeyPath<Model, Double>, _ range: ClosedRange<Double>,
    _ meaning: String
  ) -> Field {
    Field(
      key: key, meaning: meaning,
      schema: [
        "type": .text("number"), "minimum": .number(range.lowerBound),
        "maximum": .number(range.upperBound),
      ],
      read: { (place, model) throws(DataError) in
        model[keyPath: path] = try place.number(in: range, meaning)
      },
      write: { .number($0[keyPath: path]) })
  }

  /// A whole number.
  static func integer(
    _ key: String, _ path: WritableKeyPath<Model, Int>, _ range: ClosedRange<Int>,
    _ meaning: String
  ) -> Field {
    Field(
      key: key, meaning: meaning, schema: integerSchema(range),
      read: { (place, model) throws(DataError) in
        model[keyPath: path] = try place.integer(in: range, meaning)
      },
      write: { .integer(UInt64($0[keyPath: path])) })
  }

  /// A whole number, or null for none.
  static func integer(
    _ key: String, _ path: WritableKeyPath<Model, Int?>, _ range: ClosedRange<Int>,
    _ meaning: String
  ) -> Field {
    Field(
      key: key, meaning: meaning,
      schema: ["oneOf": .list([.object(integerSchema(range)), nullSchema])],
      read: { (place, model) throws(DataError) in
        model[keyPath: path] = place.isNull ? nil : try place.integer(in: range, meaning)
      },
      write: { $0[keyPath: path].map { .integer(UInt64($0)) } ?? .null })
  }

  /// Whether something is so.
  static func truth(
    _ key: String, _ path: WritableKeyPath<Model, Bool>, _ meaning: String
  ) -> Field {
    Field(
      key: key, meaning: meaning, schema: ["type": .text("boolean")],
      read: { (place, model) throws(DataError) in model[keyPath: path] = try place.truth(meaning) },
      write: { .boolean($0[keyPath: path]) })
  }

  /// A length of time, as a text with its unit.
  static func duration(
    _ key: String, _ path: WritableKeyPath<Model, Interval>, _ range: ClosedRange<Interval>,
    _ meaning: String
  ) -> Field {
    Field(
      key: key, meaning: "\(meaning); \(range.lowerBound.text) to \(range.upperBound.text)",
      schema: durationSchema,
      read: { (place, model) throws(DataError) in
        model[keyPath: path] = try place.duration(in: range, meaning)
      },
      write: { .text($0[keyPath: path].text) })
  }

  /// One of a few words.
  static func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ path: WritableKeyPath<Model, Value>, _ meaning: String
  ) -> Field {
    Field(
      key: key, meaning: meaning,
      schema: ["enum": .list(Value.allCases.map { .text($0.rawValue) })],
      read: { (place, model) throws(DataError) in
        model[keyPath: path] = try place.choice(meaning)
      },
      write: { .text($0[keyPath: path].rawValue) })
  }

  /// A text of a certain form.
  static func text(
    _ key: String, _ path: WritableKeyPath<Model, String>, pattern: String, _ meaning: String
  ) -> Field {
    Field(
      key: key, meaning: meaning,
      schema: ["type": .text("string"), "pattern": .text("^(\(pattern))$")],
      read: { (place, model) throws(DataError) in
        model[keyPath: path] = try place.text(pattern: pattern, meaning)
      },
      write: { .text($0[keyPath: path]) })
  }

  /// A group of keys of their own; those that are left out stay as they are.
  static func group<Part>(
    _ key: String, _ path: WritableKeyPath<Model, Part>, _ fields: [Field<Part>]
  ) -> Field {
    Field(
      key: key, meaning: "", schema: fields.schema(),
      read: { (place, model) throws(DataError) in
        try fields.read(place, into: &model[keyPath: path])
      },
      write: { fields.json($0[keyPath: path]) })
  }

  private static func integerSchema(_ range: ClosedRange<Int>) -> [String: JSON] {
    [
      "type": .text("integer"), "minimum": .integer(UInt64(range.lowerBound)),
      "maximum": .integer(UInt64(range.upperBound)),
    ]
  }

  static var nullSchema: JSON { .object(["type": .text("null")]) }

  static var durationSchema: [String: JSON] { ["$ref": .text("#/$defs/duration")] }
}

extension Array {
  /// Reads an object of these fields over `model`.
  func read<Model>(_ place: DataPlace, into model: inout Model) throws(DataError)
  where Element == Field<Model> {
    let members = try place.members(allowed: map(\.key))
    for field in self {
      if let member = members[field.key] { try field.read(member, &model) }
    }
    if let objection = (model as? any Checked)?.objection { throw place.error(objection) }
  }

  /// Writes `model` as an object of these fields.
  func json<Model>(_ model: Model) -> JSON where Element == Field<Model> {
    .object(reduce(into: [:]) { $0[$1.key] = $1.write(model) })
  }

  /// What the schema says of an object of these fields.
  func schema<Model>() -> [String: JSON] where Element == Field<Model> {
    var properties: [String: JSON] = [:]
    for field in self {
      var schema = field.schema
      if !field.meaning.isEmpty { schema["description"] = .text(field.meaning) }
      properties[field.key] = .object(schema)
    }
    return [
      "type": .text("object"), "additionalProperties": .boolean(false),
      "properties": .object(properties),
    ]
  }
}
