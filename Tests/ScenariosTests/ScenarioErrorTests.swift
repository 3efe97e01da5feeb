import DataFiles
import Scenarios
import Testing
import Units

/// A wrong scenario file is an error that names the file, the line, the key and what is right.
@Suite struct ScenarioErrorTests {
  /// A change to a good file, and what the complaint has to name.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let path: String
    let says: String

    init(_ old: String, _ new: String, path: String, says: String) {
      self.old = old
      self.new = new
      self.path = path
      self.says = says
    }

    var testDescription: String { "\(old) -> \(new)" }
  }

  static let good = """
    {
      "name": "mine",
      "summary": "Two cuts.",
      "deviceCount": 12,
      "duration": "36h",
      "epoch": "2028-02-29T12:30:00Z",
      "device": {
        "messagesPerHour": 0.5,
        "credential": "jwt-rs256",
        "tokenLife": "1h", "tokenJitter": "10m",
        "backOff": {"floor": "1s", "base": "2s", "cap": "10m"},
        "flash": {"programUnit": 4, "blockBytes": 1024, "blockCount": 2, "whenFull": "refuse"},
        "energy": {"battery": "2xaa-alkaline", "celsius": -10.5}
      },
      "network": {"latencyMinimum": "10ms", "latencyMaximum": "1.5s", "loss": 0.01},
      "cloud": {"connectsPerSecond": 50, "closesAtExpiry": false},
      "faults": [
        {"kind": "power-cut", "at": "1h", "every": "2h", "lasts": "5s", "scope": "fleet"},
        {
          "kind": "partition", "meanBetween": "6h", "lasts": ["1s", "10m"], "scope": "device",
          "probability": 0.25, "strength": 2
        }
      ],
      "comparisons": [
        {"name": "no energy", "device": {"energy": null}, "cloud": {"connectsPerSecond": null}}
      ],
      "gates": ["messages.lost==0", "battery.p05>=3y"]
    }
    """

  static let mistakes = [
    Mistake("\"name\": \"mine\",", "", path: "name", says: "is missing"),
    Mistake("\"mine\"", "\"My Own\"", path: "name", says: "small letters"),
    Mistake("\"mine\"", "7", path: "name", says: "the number 7"),
    Mistake("12,", "0,", path: "deviceCount", says: "1 to 1000000"),
    Mistake("12,", "12.5,", path: "deviceCount", says: "whole number"),
    Mistake("12,", "\"12\",", path: "deviceCount", says: "the text \"12\""),
    Mistake("\"36h\"", "36", path: "duration", says: "such as \"90s\""),
    Mistake("\"36h\"", "\"36\"", path: "duration", says: "such as \"90s\""),
    Mistake("\"36h\"", "\"101y\"", path: "duration", says: "1s to 100y"),
    Mistake("02-29", "02-30", path: "epoch", says: "2027-01-01"),
    Mistake("\"device\":", "\"devise\":", path: "devise", says: "the keys are"),
    Mistake("\"tokenLife\"", "\"tokenlife\"", path: "device.tokenlife", says: "the keys are"),
    Mistake("\"10m\",\n", "\"2h\",\n", path: "device", says: "shorter than tokenLife"),
    Mistake("0.5", "-1", path: "device.messagesPerHour", says: "0 to 3600"),
    Mistake("jwt-rs256", "password", path: "device.credential", says: "jwt-es256, jwt-rs256"),
    Mistake("\"base\": \"2s\"", "\"base\": \"500ms\"", path: "device.backOff", says: "not fall"),
    Mistake("\"programUnit\": 4", "\"programUnit\": 3", path: "device.flash", says: "power of two"),
    Mistake("1024,", "1026,", path: "device.flash", says: "multiple of programUnit"),
    Mistake("\"blockCount\": 2", "\"blockCount\": 1", path: "device.flash", says: "2 at least"),
    Mistake("\"2xaa-alkaline\"", "2", path: "device.energy.battery", says: "a text"),
    Mistake("\"10ms\"", "\"3s\"", path: "network", says: "at most latencyMaximum"),
    Mistake("0.01", "1.5", path: "network.loss", says: "0 to 0.9"),
    Mistake("50,", "-50,", path: "cloud.connectsPerSecond", says: "1 to 1000000"),
    Mistake("false", "0", path: "cloud.closesAtExpiry", says: "true or false"),
    Mistake("power-cut", "power", path: "faults[0].kind", says: "brown-out"),
    Mistake("\"at\": \"1h\", ", "", path: "faults[0].at", says: "is missing"),
    Mistake("\"lasts\": \"5s\", ", "", path: "faults[0].lasts", says: "how long it lasts"),
    Mistake("\"fleet\"", "\"all\"", path: "faults[0].scope", says: "\"device\""),
    Mistake(
      "\"scope\": \"fleet\"", "\"scope\": \"fleet\", \"probability\": 1",
      path: "faults[0].probability", says: "the scope \"device\""),
    Mistake("[\"1s\", \"10m\"]", "[\"1s\"]", path: "faults[1].lasts", says: "shortest"),
    Mistake("[\"1s\", \"10m\"]", "[\"1h\", \"10m\"]", path: "faults[1].lasts[1]", says: "1h to"),
    Mistake(
      "\"meanBetween\": \"6h\"", "\"meanBetween\": \"6h\", \"at\": \"1h\"",
      path: "faults[1].meanBetween", says: "one of them"),
    Mistake("0.25", "25", path: "faults[1].probability", says: "0 to 1"),
    Mistake("\"no energy\"", "\"\"", path: "comparisons[0].name", says: "1 to 60"),
    Mistake(
      "\"energy\": null", "\"energie\": null", path: "comparisons[0].device.energie",
      says: "the keys are"),
    Mistake("messages.lost==0", "messages.lost", path: "gates[0]", says: "connects.p99>5s"),
    Mistake("messages.lost==0", "messages.gone==0", path: "gates[0]", says: "no metric"),
    Mistake("battery.p05>=3y", "battery.p05>=3", path: "gates[1]", says: "3y"),
  ]

  @Test func theGoodFileIsRead() throws {
    let scenario = try Scenario(Array(Self.good.utf8), file: "mine.json")
    #expect(scenario.name == "mine")
    #expect(scenario.duration == Interval(seconds: 36 * 3_600))
    #expect(scenario.epoch == UnixTime(seconds: 1_835_440_200))
    #expect(scenario.device.credential == .jwtRS256)
    #expect(scenario.device.backOff.firstSpread == BackOffModel().firstSpread, "left as it was")
    #expect(scenario.device.energy?.battery == "2xaa-alkaline")
    #expect(scenario.device.energy?.celsius == -10.5)
    #expect(scenario.network.latencyMaximum == Interval(milliseconds: 1_500))
    #expect(scenario.cloud.connectsPerSecond == 50)
    let hour = Interval(seconds: 3_600)
    #expect(
      scenario.faults == [
        Fault(
          .powerCut, .at(hour, every: hour + hour),
          lasts: Interval(seconds: 5)...Interval(seconds: 5), scope: .fleet),
        Fault(
          .partition, .random(meanBetween: Interval(seconds: 21_600)),
          lasts: Interval(seconds: 1)...Interval(seconds: 600),
          scope: .device(probability: 0.25), strength: 2),
      ])
    let other = try #require(scenario.comparisons.first)
    #expect(other.device.energy == nil)
    #expect(other.device.tokenLife == hour, "a comparison begins with what the scenario has")
    #expect(other.cloud.connectsPerSecond == nil)
    #expect(!other.cloud.closesAtExpiry)
    #expect(scenario.isCoupled)
    #expect(!scenario.applying(other).isCoupled)
  }

  @Test(arguments: mistakes)
  func aMistakeIsNamed(_ mistake: Mistake) throws {
    let range = try #require(Self.good.firstRange(of: mistake.old), "\(mistake.old)")
    var text = Self.good
    text.replaceSubrange(range, with: mistake.new)
    let error = #expect(throws: DataError.self) {
      try Scenario(Array(text.utf8), file: "my/own.json")
    }
    let complaint = error?.description ?? ""
    #expect(error?.file == "my/own.json")
    #expect(error?.path == mistake.path, "\(complaint)")
    #expect(complaint.contains(mistake.says), "\(complaint)")
    // A group's own complaint stands where the group begins, at most a few lines above.
    let line = Self.good[..<range.lowerBound].count { $0 == "\n" } + 1
    let named = try #require(error?.line)
    #expect(named <= line && (named == line || mistake.path.isEmpty || line - named < 12))
  }

  @Test(arguments: [
    "", "null", "[]", "42", "{", "{}", "{\"name\"}", "{\"name\": \"a\",}", "{\"name\": \"a\"} x",
    "{\"name\": \"a\", \"name\": \"b\"}", "{\"name\": \"\u{1}\"}", "{\"name\": \"\\u001b\"}",
    "{\"name\": \"\\ud800\"}", "{\"name\": 01}", "{\"name\": 1.}", "{\"name\": tru}",
    "{\"\\u0007\": 1}", "\u{0}", "{\"name\": \"a",
  ])
  func hostileFilesAreRefused(_ text: String) {
    #expect(throws: DataError.self) { try Scenario(Array(text.utf8), file: "x.json") }
  }

  @Test func depthAndSizeHaveBounds() {
    let deep = String(repeating: "[", count: 1_000_000)
    let nested = #expect(throws: DataError.self) {
      try Scenario(Array(deep.utf8), file: "x.json")
    }
    #expect(nested?.description.contains("deeper than 32") == true)
    let long = #expect(throws: DataError.self) {
      try Scenario(Array(repeating: 0x20, count: Scenario.fileSizeMaximum + 1), file: "x.json")
    }
    #expect(long?.description.contains("at most") == true)
    #expect(throws: DataError.self) { try Scenario([0x22, 0xFF, 0x22], file: "x.json") }
  }

  /// Every prefix of a good file is refused and none ends the program.
  @Test func everyTruncationIsRefused() {
    let bytes = Array(Self.good.utf8)
    for count in 0..<bytes.count {
      #expect(throws: DataError.self) { try Scenario(Array(bytes[..<count]), file: "x.json") }
    }
  }
}
