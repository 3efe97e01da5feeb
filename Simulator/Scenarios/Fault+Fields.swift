import DataFiles
import Units

extension Fault {
  /// The longest time that a fault may last or wait.
  static var longest: Interval { Interval(seconds: 100 * 31_557_600) }

  private static var keys: [String] {
    ["kind", "at", "every", "meanBetween", "lasts", "scope", "probability", "strength"]
  }

  /// Reads a fault.
  init(_ place: DataPlace) throws(DataError) {
    let members = try place.members(allowed: Self.keys)
    guard let kind = members["kind"] else {
      throw place.missing("kind", "one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.init(
      try kind.choice("what goes wrong"), try Self.schedule(members, of: place),
      lasts: try Self.lasts(members["lasts"], of: place), scope: try Self.scope(members, of: place))
    strength = try members["strength"]?.number(in: 0...1e9, "how strong it is, see the kind")
  }

  private static func schedule(
    _ members: [String: DataPlace], of place: DataPlace
  ) throws(DataError) -> Schedule {
    let second = Interval(seconds: 1)
    switch (members["at"], members["meanBetween"]) {
    case (let at?, nil):
      let every = try members["every"]?.duration(in: second...longest, "how often it comes again")
      return .at(try at.duration(in: .zero...longest, "when it begins"), every: every)
    case (nil, let mean?):
      if let every = members["every"] {
        throw every.error("goes with at, not with meanBetween")
      }
      return .random(
        meanBetween: try mean.duration(in: second...longest, "the time between two on average"))
    case (nil, nil):
      throw place.missing("at", "when it begins, such as \"1h\"; or meanBetween, how far apart")
    case (_?, let mean?): throw mean.error("and at are both there; one of them says when")
    }
  }

  private static func lasts(
    _ place: DataPlace?, of parent: DataPlace
  ) throws(DataError) -> ClosedRange<Interval> {
    let meaning = "how long it lasts, such as \"30s\", or the shortest and longest in a list"
    guard let place else { throw parent.missing("lasts", meaning) }
    guard case .list = place.node.content else {
      let length = try place.duration(in: .zero...longest, meaning)
      return length...length
    }
    let ends = try place.items(countMaximum: 2)
    guard ends.count == 2 else { throw place.error("should be \(meaning)") }
    let shortest = try ends[0].duration(in: .zero...longest, "the shortest")
    return shortest...(try ends[1].duration(in: shortest...longest, "the longest"))
  }

  private static func scope(
    _ members: [String: DataPlace], of place: DataPlace
  ) throws(DataError) -> Scope {
    let meaning = "\"fleet\" for all at once, or \"device\" for each by itself"
    guard let scope = members["scope"] else { throw place.missing("scope", meaning) }
    switch try scope.text(meaning) {
    case "fleet":
      if let probability = members["probability"] {
        throw probability.error("is for the scope \"device\"")
      }
      return .fleet
    case "device":
      let meaning = "the probability that a device is one of those that are struck at all"
      return .device(probability: try members["probability"]?.number(in: 0...1, meaning) ?? 1)
    default: throw scope.error("is \(scope.kind); it should be \(meaning)")
    }
  }

  /// The fault as it stands in a file.
  var json: JSON {
    var members: [String: JSON] = [
      "kind": .text(kind.rawValue),
      "lasts": lasts.lowerBound == lasts.upperBound
        ? .text(lasts.lowerBound.text)
        : .list([.text(lasts.lowerBound.text), .text(lasts.upperBound.text)]),
    ]
    switch schedule {
    case .at(let moment, let every):
      members["at"] = .text(moment.text)
      members["every"] = every.map { .text($0.text) }
    case .random(let mean): members["meanBetween"] = .text(mean.text)
    }
    switch scope {
    case .fleet: members["scope"] = .text("fleet")
    case .device(let probability):
      members["scope"] = .text("device")
      members["probability"] = .number(probability)
    }
    members["strength"] = strength.map { .number($0) }
    return .object(members)
  }

  /// What the schema says of a fault.
  static var schema: JSON {
    let duration = JSON.object(["$ref": .text("#/$defs/duration")])
    func described(_ text: String) -> JSON {
      .object(["$ref": .text("#/$defs/duration"), "description": .text(text)])
    }
    let pair: JSON = .object([
      "type": .text("array"), "items": duration, "minItems": .integer(2), "maxItems": .integer(2),
    ])
    return .object([
      "type": .text("object"), "additionalProperties": .boolean(false),
      "required": .list([.text("kind"), .text("lasts"), .text("scope")]),
      "oneOf": .list([
        .object(["required": .list([.text("at")])]),
        .object(["required": .list([.text("meanBetween")])]),
      ]),
      "properties": .object([
        "kind": .object(["enum": .list(Kind.allCases.map { .text($0.rawValue) })]),
        "at": described("when it begins"), "every": described("how often it comes again after at"),
        "meanBetween": described("at random moments, this far from each other on average"),
        "lasts": .object([
          "oneOf": .list([duration, pair]),
          "description": .text("how long it lasts, or the shortest and the longest"),
        ]),
        "scope": .object([
          "enum": .list([.text("fleet"), .text("device")]),
          "description": .text("all devices at once, or each at moments of its own"),
        ]),
        "probability": .object([
          "type": .text("number"), "minimum": .number(0), "maximum": .number(1),
          "description": .text("with the scope device: how many of them are struck at all"),
        ]),
        "strength": .object([
          "type": .text("number"), "minimum": .number(0), "maximum": .number(1e9),
          "description": .text("how strong it is; what that means is the kind's"),
        ]),
      ]),
    ])
  }
}
