import DataFiles
import Jitter
import Report
import Results
import Scenarios
import Testing

/// A result file loses nothing, and a wrong one is refused with its line and key.
@Suite struct ResultFileTests {
  private static func result() -> RunResult {
    var random = RandomResults(seed: 11)
    var scenario = Scenario()
    scenario.deviceCount = 6
    let fleet = random.devices(of: scenario, seeds: 1...1)[0].reduce(into: FleetResult()) {
      $0.addDevices(of: $1)
    }
    return RunResult(
      identity: RunIdentity(
        build: "0.1", arguments: "default --devices 6", scenario: scenario, seeds: 1...1),
      scenario: scenario, fleet: fleet)
  }

  @Test func nothingIsLost() throws {
    let result = Self.result()
    let read = try RunResult(Array(result.fileText.utf8), file: "r.json")
    #expect(read == result)
    #expect(read.fileText == result.fileText)
  }

  /// A member that is added to the result has to be added to the file, too.
  @Test func theFileHasAllMembers() {
    func count(_ value: Any) -> Int { Mirror(reflecting: value).children.count }
    #expect(count(FleetResult()) == 23)
    #expect(count(MessageCounts()) == 8)
    #expect(count(ConnectCounts()) == 5)
    #expect(count(TokenCounts()) == 3)
    #expect(count(TimeCounts()) == 3)
    #expect(count(FlashCounts()) == 4)
    #expect(count(Series()) == 5)
  }

  @Test(arguments: [
    ("\"schema\": 1", "\"schema\": 2", "schema"),
    ("\"schema\": 1", "\"schema\": 1, \"extra\": 0", "extra"),
    ("\"shard\": 0", "\"shard\": 1", "run.shard"),
    ("\"shardCount\": 1", "\"shardCount\": 0", "run.shardCount"),
    ("\"shardCount\": 1", "\"shardCount\": 2", "fleet"),
    ("\"lastSeed\": 1", "\"lastSeed\": 0", "run.lastSeed"),
    ("\"lastSeed\": 1", "\"lastSeed\": 18446744073709551615", "fleet"),
    ("\"lastSeed\": 1", "\"lastSeed\": 18446744073709551616", "run.lastSeed"),
    ("\"firstSeed\": 1", "\"firstSeed\": -1", "run.firstSeed"),
    ("\"scenarioHash\": \"", "\"scenarioHash\": \"0", "run.scenarioHash"),
    ("\"devices\": 6", "\"devices\": 7", "fleet"),
    ("\"devices\": 6", "\"devices\": 6.0", "fleet.devices"),
    ("\"digest\": \"0", "\"digest\": \"x", "fleet.digest"),
    ("\"digest\": \"0", "\"digest\": \"", "fleet.digest"),
    ("\"lost\": ", "\"lost\": -", "fleet.messages.lost"),
    ("\"lost\": ", "\"loss\": ", "fleet.messages.loss"),
    ("\"messages\": {", "\"messages\": {\"more\": 1, ", "fleet.messages.more"),
    ("\"bins\": [", "\"bins\": [1, ", "fleet.backOffMilliseconds.bins"),
    ("\"bins\": [", "\"bins\": [99999, 1, ", "fleet.backOffMilliseconds.bins[0]"),
    ("\"bins\": [", "\"bins\": [0, 0, ", "fleet.backOffMilliseconds.bins[1]"),
    ("\"largest\": ", "\"largest\": 9", "fleet.backOffMilliseconds.largest"),
    ("\"attempts\": [", "\"attempts\": [20000, 1, ", "fleet.series.attempts[0]"),
    ("\"binMilliseconds\": ", "\"binMilliseconds\": 0.", "fleet.series.binMilliseconds"),
    ("\"comparisons\": []", "\"comparisons\": [{\"name\": \"x\"}]", "comparisons[0].fleet"),
    ("\"duration\": \"1d\"", "\"duration\": \"1\"", "scenario.duration"),
    ("\"duration\": \"1d\"", "\"duration\": \"2d\"", "run.scenarioHash"),
  ])
  func aMistakeIsNamed(_ old: String, _ new: String, _ path: String) throws {
    var text = Self.result().fileText
    let range = try #require(text.firstRange(of: old))
    text.replaceSubrange(range, with: new)
    let error = #expect(throws: DataError.self) {
      try RunResult(Array(text.utf8), file: "r.json")
    }
    #expect(error?.path == path, "\(error?.description ?? "")")
    #expect(error?.line != nil)
  }

  /// A file with a byte changed is refused or read, and then summed up; it never ends the program.
  @Test func noDamageEndsTheProgram() {
    var generator = SplitMix64(seed: 5)
    let good = Array(Self.result().fileText.utf8)
    var refused = 0
    for _ in 0..<120 {
      var bytes = good
      for _ in 0...Int.random(in: 0...2, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        // Digits above all: they are what makes other numbers of numbers.
        bytes[place] = UInt8.random(in: 0...3, using: &generator) > 0 ? 0x39 : 0x2C
      }
      guard let read = try? RunResult(bytes, file: "r.json") else {
        refused += 1
        continue
      }
      _ = RunSummary(read).text(isVerbose: true) + FleetPage(read).html
    }
    #expect(refused > 0 && refused < 120)
  }

  @Test func thePercentilesOfTheLargestCountsAreFound() throws {
    var text = Self.result().fileText
    let bins = try #require(text.firstRange(of: /"bins": \[\d+, \d+/))
    text.replaceSubrange(bins, with: "\"bins\": [0, 18446744073709551615")
    let read = try RunResult(Array(text.utf8), file: "r.json")
    #expect(RunSummary(read).text(isVerbose: true).contains("all within"))
  }

  @Test func otherFilesAreRefused() throws {
    for text in ["", "{}", "[]", "null", Scenario().json.lines] {
      #expect(throws: DataError.self) { try RunResult(Array(text.utf8), file: "r.json") }
    }
    let node = try JSONParser.parse(
      Array(Self.result().fileText.utf8), file: "r", sizeMaximum: 1 << 20)
    #expect(RunResult.isOne(DataPlace(node, file: "r")))
  }

  /// Counts that no run gives end no program when they are added.
  @Test func sumsEndAtTheLargestNumber() {
    var one = FleetResult()
    one.messages.accepted = .max
    one.faults = ["loss": .max]
    var other = one
    other.add(one)
    #expect(other.messages.accepted == .max)
    #expect(other.faults["loss"] == .max)
  }
}
