/// The JSON schema of the data files, made from the same rules that reading them goes by.
public enum ProfileSchema {
  /// The schema as the checked-in `Data/schema.json` has it.
  public static var text: String {
    let kinds = ProfileKind.allCases.map(\.rawValue)
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Profiles for swiftlet energy: one, or a list",
        "oneOf": [
          {
            "type": "object", "required": ["profiles"], "additionalProperties": false,
            "properties": {
              "$schema": { "type": "string" },
              "profiles": { "type": "array", "items": { "$ref": "#/$defs/profile" } }
            }
          },
          { "$ref": "#/$defs/profile" }
        ],
        "$defs": {
          "profile": {
            "oneOf": [
      \(kinds.map { "        { \"$ref\": \"#/$defs/\($0)\" }" }.joined(separator: ",\n"))
            ]
          },
          "standing": { "enum": [\(list(Figure.Standing.allCases.map(\.rawValue)))] },
          "source": { "type": "string", "minLength": 1 },
      \(profile(CoreFigure.self)),
      \(profile(RadioFigure.self)),
      \(profile(SensorFigure.self)),
      \(profile(BatteryFigure.self)),
      \(profile(ExchangeFigure.self)),
      \(costs),
      \(policies)
        }
      }

      """
  }

  private static func profile<Key: FigureKey>(_ type: Key.Type) -> String {
    let kind = Key.kind
    let required = Key.allCases.filter { $0.rule.fallback == nil }.map(\.rawValue)
    var properties = [
      "\"$schema\": { \"type\": \"string\" }", "\"kind\": { \"const\": \(quoted(kind.rawValue)) }",
      "\"id\": { \"type\": \"string\", \"pattern\": \"^[a-z0-9][a-z0-9.-]*$\" }",
      "\"name\": { \"type\": \"string\", \"minLength\": 1 }",
    ]
    properties += kind.words.map(word)
    let figures = Key.allCases.map { figure($0.rawValue, $0.rule.range, $0.rule.meaning, 12) }
    properties.append(
      """
      "figures": {
                "type": "object", "additionalProperties": false,
                "required": [\(list(required))],
                "properties": {
      \(figures.joined(separator: ",\n"))
                }
              }
      """)
    if !kind.curves.isEmpty {
      properties.append(
        """
        "curves": {
                  "type": "object", "additionalProperties": false,
                  "required": [\(list(kind.curves.filter(\.isRequired).map(\.key)))],
                  "properties": {
        \(kind.curves.map(curve).joined(separator: ",\n"))
                  }
                }
        """)
    }
    let needed = ["kind", "id", "name"] + kind.words.map(\.key) + ["figures"]
    return """
          "\(kind.rawValue)": {
            "type": "object", "additionalProperties": false,
            "required": [\(list(needed + (kind.curves.isEmpty ? [] : ["curves"])))],
            "properties": {
              \(properties.joined(separator: ",\n        "))
            }
          }
      """
  }

  private static func word(_ word: WordRule) -> String {
    let rule =
      word.allowed.isEmpty
      ? "\"type\": \"string\", \"minLength\": 1" : "\"enum\": [\(list(word.allowed))]"
    return "\(quoted(word.key)): { \(rule), \"description\": \(quoted(word.meaning)) }"
  }

  private static func figure(
    _ key: String, _ range: ClosedRange<Double>, _ meaning: String, _ indent: Int
  ) -> String {
    let space = String(repeating: " ", count: indent)
    let number =
      "{ \"type\": \"number\", \"minimum\": \(plain(range.lowerBound)), "
      + "\"maximum\": \(plain(range.upperBound)) }"
    return """
      \(space)\(quoted(key)): {
      \(space)  "description": \(quoted(meaning)),
      \(space)  "type": "object", "additionalProperties": false,
      \(space)  "required": ["value", "standing", "source"],
      \(space)  "properties": {
      \(space)    "value": \(number),
      \(space)    "low": \(number),
      \(space)    "high": \(number),
      \(space)    "standing": { "$ref": "#/$defs/standing" },
      \(space)    "source": { "$ref": "#/$defs/source" }
      \(space)  }
      \(space)}
      """
  }

  private static func curve(_ rule: CurveRule) -> String {
    let axes = [rule.x, rule.y].map {
      "{ \"type\": \"number\", \"minimum\": \(plain($0.lowerBound)), "
        + "\"maximum\": \(plain($0.upperBound)) }"
    }
    return """
                  \(quoted(rule.key)): {
                    "description": \(quoted(rule.meaning)),
                    "type": "object", "additionalProperties": false,
                    "required": ["points", "standing", "source"],
                    "properties": {
                      "points": {
                        "type": "array", "minItems": 2,
                        "items": {
                          "type": "array", "minItems": 2, "maxItems": 2,
                          "prefixItems": [
                            \(axes[0]),
                            \(axes[1])
                          ]
                        }
                      },
                      "standing": { "$ref": "#/$defs/standing" },
                      "source": { "$ref": "#/$defs/source" }
                    }
                  }
      """
  }

  private static var costs: String {
    let counts = Operation.allCases.map {
      "                \(quoted($0.rawValue)): { \"type\": \"integer\", \"minimum\": 1, "
        + "\"description\": \(quoted("the instructions of one " + $0.meaning)) }"
    }
    let needed = Operation.allCases.filter(\.isRequired).map(\.rawValue)
    let keys = ["core", "setting", "board", "command", "standing", "source", "instructions"]
    let texts = ["core", "setting", "board", "command"].map {
      "              \(quoted($0)): { \"type\": \"string\", \"minLength\": 1 }"
    }
    return """
          "costs": {
            "type": "object", "additionalProperties": false,
            "required": ["cyclesPerInstruction", "tables"],
            "properties": {
              "$schema": { "type": "string" },
      \(figure("cyclesPerInstruction", 0.2...20, "processor cycles an instruction", 8)),
              "tables": {
                "type": "array", "minItems": 1,
                "items": {
                  "type": "object", "additionalProperties": false,
                  "required": [\(list(keys))],
                  "properties": {
      \(texts.joined(separator: ",\n")),
                    "standing": { "$ref": "#/$defs/standing" },
                    "source": { "$ref": "#/$defs/source" },
                    "instructions": {
                      "type": "object", "additionalProperties": false,
                      "required": [\(list(needed))],
                      "properties": {
      \(counts.joined(separator: ",\n"))
                      }
                    }
                  }
                }
              }
            }
          }
      """
  }

  private static var policies: String {
    let hours = "{ \"type\": \"number\", \"minimum\": 0.01, \"maximum\": 8766 }"
    func choice<Value: RawRepresentable<String> & CaseIterable>(
      _ key: String, _ type: Value.Type
    ) -> String { "\(quoted(key)): { \"enum\": [\(list(Value.allCases.map(\.rawValue)))] }" }
    let properties = [
      "\"id\": { \"type\": \"string\", \"minLength\": 1 }",
      "\"name\": { \"type\": \"string\", \"minLength\": 1 }",
      choice("auth", Policy.Credential.self), "\"credentialHours\": \(hours)",
      choice("renewal", Policy.Renewal.self), choice("serverChain", Policy.ServerChain.self),
      choice("connection", Policy.Connection.self), "\"reconnectHours\": \(hours)",
      choice("transport", Policy.Transport.self),
      "\"keepAliveSeconds\": { \"type\": \"number\", \"minimum\": 1, \"maximum\": 65535 }",
      "\"isAvailable\": { \"type\": \"boolean\" }",
    ]
    let required = [
      "id", "name", "auth", "renewal", "serverChain", "connection", "transport", "isAvailable",
    ]
    return """
          "policies": {
            "type": "object", "additionalProperties": false, "required": ["policies"],
            "properties": {
              "$schema": { "type": "string" },
              "policies": {
                "type": "array",
                "items": {
                  "type": "object", "additionalProperties": false,
                  "required": [\(list(required))],
                  "properties": {
                    \(properties.joined(separator: ",\n              "))
                  }
                }
              }
            }
          }
      """
  }

  private static func list(_ texts: [String]) -> String {
    texts.map(quoted).joined(separator: ", ")
  }
}
