import DataFiles
import Units

extension Scenario {
  /// The devices that a scenario may have.
  public static var deviceCountRange: ClosedRange<Int> { 1...1_000_000 }

  /// How long a scenario may take.
  public static var durationRange: ClosedRange<Interval> {
    Interval(seconds: 1)...Interval(seconds: 100 * 31_557_600)
  }

  static var fields: [Field<Scenario>] {
    [
      .text("name", \.name, pattern: "[a-z0-9][a-z0-9-]{0,39}", "small letters, digits, hyphens"),
      .text("summary", \.summary, pattern: ".{0,400}", "a text of at most 400 characters"),
      .integer("deviceCount", \.deviceCount, deviceCountRange, "the number of devices"),
      .duration(
        "duration", \.duration, durationRange, "for how long devices publish and faults happen"),
      .duration(
        "settleTime", \.settleTime, .zero...Interval(seconds: 365 * 86_400),
        "how long they then have, without faults and new messages, to deliver everything"),
      .epoch,
      .group("device", \.device, DeviceModel.fields),
      .group("network", \.network, NetworkModel.fields),
      .group("cloud", \.cloud, CloudModel.fields),
      .faults,
      .truth(
        "hasSwarm", \.hasSwarm,
        "whether each seed draws a mix of all kinds of faults, beside those named"),
      .comparisons,
      .gates,
    ]
  }
}

extension Field<Scenario> {
  fileprivate static var epoch: Field {
    let meaning = "the date at the beginning, such as \"2027-01-01\""
    return Field(
      key: "epoch", meaning: meaning,
      schema: [
        "type": .text("string"),
        "pattern": .text(#"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$"#),
      ],
      read: { (place, model) throws(DataError) in
        guard let date = UnixTime(text: try place.text(meaning)) else {
          throw place.error("is \(place.kind); it should be \(meaning)")
        }
        model.epoch = date
      },
      write: { .text($0.epoch.text) })
  }

  fileprivate static var faults: Field {
    Field(
      key: "faults", meaning: "what goes wrong",
      schema: [
        "type": .text("array"), "maxItems": .integer(100),
        "items": .object(["$ref": .text("#/$defs/fault")]),
      ],
      read: { (place, model) throws(DataError) in
        var faults: [Fault] = []
        for item in try place.items(countMaximum: 100) { faults.append(try Fault(item)) }
        model.faults = faults
      },
      write: { .list($0.faults.map(\.json)) })
  }

  fileprivate static var gates: Field {
    Field(
      key: "gates", meaning: "what has to be true of the result, such as messages.lost==0",
      schema: [
        "type": .text("array"), "maxItems": .integer(100),
        "items": .object(["type": .text("string")]),
      ],
      read: { (place, model) throws(DataError) in
        var gates: [String] = []
        for item in try place.items(countMaximum: 100) {
          let text = try item.text("a condition such as messages.lost==0")
          do throws(Condition.Misunderstood) { _ = try Condition(text) } catch {
            throw item.error(error.problem)
          }
          gates.append(text)
        }
        model.gates = gates
      },
      write: { .list($0.gates.map { .text($0) }) })
  }
}

// MARK: - Comparisons

extension Field<Scenario> {
  fileprivate static var comparisons: Field {
    let groups: [String: JSON] = [
      "device": .object(["$ref": .text("#/properties/device")]),
      "network": .object(["$ref": .text("#/properties/network")]),
      "cloud": .object(["$ref": .text("#/properties/cloud")]),
      "name": .object(["type": .text("string"), "minLength": .integer(1)]),
    ]
    return Field(
      key: "comparisons", meaning: "the same run with something changed, to be shown beside it",
      schema: [
        "type": .text("array"), "maxItems": .integer(8),
        "items": .object([
          "type": .text("object"), "additionalProperties": .boolean(false),
          "required": .list([.text("name")]), "properties": .object(groups),
        ]),
      ],
      // Comparisons come last in the list of fields: they begin with what the scenario has.
      read: { (place, model) throws(DataError) in
        var comparisons: [Comparison] = []
        for item in try place.items(countMaximum: 8) {
          let comparison = try Comparison(item, of: model)
          guard !comparisons.contains(where: { $0.name == comparison.name }) else {
            throw item.error("is a second comparison called \"\(comparison.name)\"")
          }
          comparisons.append(comparison)
        }
        model.comparisons = comparisons
      },
      write: { scenario in .list(scenario.comparisons.map { $0.json(beside: scenario) }) })
  }
}

extension Comparison {
  fileprivate init(_ place: DataPlace, of scenario: Scenario) throws(DataError) {
    let members = try place.members(allowed: ["name", "device", "network", "cloud"])
    let meaning = "what it is called, 1 to 60 characters"
    guard let name = members["name"] else { throw place.missing("name", meaning) }
    self.init(name: try name.text(pattern: "[^\\x00-\\x1f]{1,60}", meaning), with: scenario)
    if let member = members["device"] { try DeviceModel.fields.read(member, into: &device) }
    if let member = members["network"] { try NetworkModel.fields.read(member, into: &network) }
    if let member = members["cloud"] { try CloudModel.fields.read(member, into: &cloud) }
  }

  /// The comparison as a file has it: what differs from the scenario.
  fileprivate func json(beside scenario: Scenario) -> JSON {
    var members: [String: JSON] = ["name": .text(name)]
    let other = Comparison(name: name, with: scenario)
    members["device"] = DeviceModel.fields.json(device)
      .difference(from: DeviceModel.fields.json(other.device))
    members["network"] = NetworkModel.fields.json(network)
      .difference(from: NetworkModel.fields.json(other.network))
    members["cloud"] = CloudModel.fields.json(cloud)
      .difference(from: CloudModel.fields.json(other.cloud))
    return .object(members)
  }
}
