import DataFiles
import Energy
import Foundation
import Testing

/// A wrong or missing figure is an error that names the file, the key and what would be right.
@Suite struct ProfileErrorTests {
  /// A change to a good battery file, and what the complaint has to name.
  struct Fault: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let key: String?
    let says: String

    init(_ old: String, _ new: String, key: String?, says: String) {
      self.old = old
      self.new = new
      self.key = key
      self.says = says
    }

    var testDescription: String { "\(old) -> \(new)" }
  }

  static let good = """
    {
      "kind": "battery", "id": "my-cell", "name": "My cell", "chemistry": "lithium",
      "figures": {
        "capacityMilliampereHours": {"value": 500, "standing": "measured", "source": "me"},
        "continuousLimitMilliamperes": {"value": 50, "standing": "measured", "source": "me"},
        "pulseLimitMilliamperes": {"value": 500, "standing": "measured", "source": "me"},
        "cutOffVolts": {"value": 2.5, "standing": "measured", "source": "me"},
        "selfDischargePercentPerYear": {"value": 2, "standing": "measured", "source": "me"},
        "minimumCelsius": {"value": -20, "standing": "measured", "source": "me"},
        "maximumCelsius": {"value": 60, "standing": "measured", "source": "me"},
        "shelfLifeYears": {
          "value": 10, "low": 8, "high": 12, "standing": "measured", "source": "me"
        }
      },
      "curves": {
        "voltsByChargePercent": {
          "points": [[0, 2.5], [100, 4.1]], "standing": "measured", "source": "me"
        }
      }
    }
    """

  static let faults = [
    Fault("500, \"stan", "-1, \"stan", key: "capacityMilliampereHours.value", says: "0.01"),
    Fault("500, \"stan", "\"x\", \"stan", key: "capacityMilliampereHours.value", says: "number"),
    Fault("\"value\": 2.5,", "", key: "cutOffVolts.value", says: "is missing"),
    Fault("\"pulseLimitMilliamperes\"", "\"pulsLimit\"", key: "pulsLimit", says: "not known"),
    Fault("\"low\": 8", "\"low\": 11", key: "shelfLifeYears", says: "should rise"),
    Fault(
      "12, \"standing\": \"measured\"", "12, \"standing\": \"sure\"", key: nil, says: "estimate"),
    Fault("\"me\"},", "\"\"},", key: "capacityMilliampereHours.source", says: "text"),
    Fault("[0, 2.5], [100, 4.1]", "[100, 4.1], [0, 2.5]", key: "points[1]", says: "rise"),
    Fault("[0, 2.5], [100, 4.1]", "[0, 2.5]", key: "voltsByChargePercent", says: "two points"),
    Fault("[0, 2.5], [100, 4.1]", "[0, 2.5, 3], [100, 4.1]", key: "points[0]", says: "[x, y]"),
    Fault("voltsByChargePercent", "volts", key: "my-cell.curves.volts", says: "not known"),
    Fault("\"chemistry\": \"lithium\",", "", key: "my-cell.chemistry", says: "is missing"),
    Fault("\"id\": \"my-cell\"", "\"id\": \"My Cell\"", key: nil, says: "small letters"),
    Fault("\"kind\": \"battery\"", "\"kind\": \"accu\"", key: "kind", says: "battery"),
    Fault("\"figures\": {", "\"figures\": [", key: nil, says: "JSON"),
  ]

  @Test func theGoodFileIsRead() throws {
    var library = try Bench().library
    try library.add(Data(Self.good.utf8), file: "good.json")
    let cell = try #require(library.batteries.last)
    #expect(cell.id == "my-cell")
    #expect(cell[.capacityMilliampereHours] == 500)
    #expect(cell[.shelfLifeYears, .high] == 8, "the hungry end of a life is the shorter one")
    #expect(cell[.shelfLifeYears, .low] == 12)
  }

  @Test(arguments: faults)
  func aFaultIsNamed(_ fault: Fault) throws {
    let range = try #require(Self.good.range(of: fault.old))
    let text = Self.good.replacingCharacters(in: range, with: fault.new)
    var library = try Bench().library
    let error = #expect(throws: DataError.self) {
      try library.add(Data(text.utf8), file: "my/cell.json")
    }
    #expect(error?.file == "my/cell.json")
    #expect(error?.description.contains(fault.says) == true, "\(error?.description ?? "")")
    if let key = fault.key { #expect(error?.path.hasSuffix(key) == true, "\(error?.path ?? "")") }
  }

  /// Each required figure of the profiles inside the program, left out and set to a text.
  @Test func everyRequiredFigureIsMissed() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Simulator/Energy/Data")
    for (file, keys) in [
      ("cores.json", required(CoreFigure.self)), ("radios.json", required(RadioFigure.self)),
      ("sensors.json", required(SensorFigure.self)),
      ("batteries.json", required(BatteryFigure.self)),
      ("exchanges.json", required(ExchangeFigure.self)),
    ] {
      let text = try String(contentsOf: url.appending(path: file), encoding: .utf8)
      for key in keys {
        var library = try Bench().library
        let renamed = text.replacing("\"\(key)\":", with: "\"\(key)X\":", maxReplacements: 1)
        let error = #expect(throws: DataError.self) {
          try library.add(Data(renamed.utf8), file: file)
        }
        #expect(error?.path.hasSuffix(".\(key)X") == true, "\(file) \(key): \(error as Any)")
        let emptied = text.replacing(
          "\"\(key)\": {", with: "\"\(key)\": {\"extra\": 1, ", maxReplacements: 1)
        let second = #expect(throws: DataError.self) {
          try library.add(Data(emptied.utf8), file: file)
        }
        #expect(second?.path.hasSuffix(".\(key).extra") == true)
      }
    }
  }

  private func required<Key: FigureKey>(_ type: Key.Type) -> [String] {
    Key.allCases.filter { $0.rule.fallback == nil }.map(\.rawValue)
  }

  @Test func hostileFilesAreRefused() throws {
    for text in ["", "null", "[]", "{", "{}", "42", "{\"profiles\": 3}", "\u{0}"] {
      var library = try Bench().library
      #expect(throws: DataError.self, "\(text)") {
        try library.addAnything(Data(text.utf8), file: "x.json")
      }
    }
  }

  @Test(arguments: [
    ("\"isAvailable\": true", "\"isAvailable\": 1", "true or false"),
    ("\"auth\": \"jwt-es256\"", "\"auth\": \"password\"", "jwt-rs256"),
    ("\"credentialHours\": 1, ", "", "credentialHours is missing"),
    ("\"renewal\": \"full\"", "\"renewal\": \"magic\"", "reauthentication"),
    ("\"transport\": \"mqtt\"", "\"transport\": \"https\"", "per-message"),
    ("\"keepAliveSeconds\": 1200", "\"keepAliveSeconds\": 0", "1 to 65535"),
    ("\"connection\": \"kept\"", "\"connection\": \"per-message\"", "for a kept connection"),
  ])
  func aWrongPolicyIsNamed(_ old: String, _ new: String, _ says: String) throws {
    let good = """
      {"policies": [{"id": "mine", "name": "Mine", "auth": "jwt-es256", "credentialHours": 1, \
      "renewal": "full", "serverChain": "rsa", "connection": "kept", "transport": "mqtt", \
      "keepAliveSeconds": 1200, "isAvailable": true}]}
      """
    var library = try Bench().library
    try library.addPolicies(Data(good.utf8), file: "p.json")
    #expect(library.policies.last?.id == "mine")
    let error = #expect(throws: DataError.self) {
      try library.addPolicies(Data(good.replacing(old, with: new).utf8), file: "p.json")
    }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  @Test func theSchemaIsTheRules() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Simulator/Energy/Data/schema.json")
    #expect(
      try String(contentsOf: url, encoding: .utf8) == ProfileSchema.text,
      "run: swiftlet energy --schema > Simulator/Energy/Data/schema.json")
  }
}
