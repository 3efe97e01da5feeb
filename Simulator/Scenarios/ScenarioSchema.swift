import DataFiles

/// The JSON schema of scenario files, made from the same rules that reading them goes by.
public enum ScenarioSchema {
  /// The schema as the checked-in `Data/schema.json` has it.
  public static var text: String {
    var schema = Scenario.fields.schema()
    schema["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
    schema["title"] = .text("A scenario for swiftlet run")
    schema["required"] = .list([.text("name")])
    if case .object(var properties)? = schema["properties"] {
      properties["$schema"] = .object(["type": .text("string")])
      schema["properties"] = .object(properties)
    }
    schema["$defs"] = .object([
      "duration": .object([
        "type": .text("string"),
        "pattern": .text(#"^[0-9]+(\.[0-9]+)?(ms|s|m|h|d|y)$"#),
        "description": .text("a number with its unit; a year has 365.25 days"),
      ]),
      "fault": Fault.schema,
    ])
    return JSON.object(schema).lines + "\n"
  }
}
