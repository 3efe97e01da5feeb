import DataFiles
import Foundation
import Scenarios
import Testing
import Units

/// The scenarios inside the program are files, and the schema says what reading them demands.
@Suite struct ScenarioLibraryTests {
  private static var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Simulator/Scenarios/Data")
  }

  @Test(arguments: ScenarioLibrary.names)
  func eachIsReadAndWrittenWithoutLoss(_ name: String) throws {
    let scenario = try #require(try ScenarioLibrary.scenario(name))
    #expect(scenario.name == name)
    #expect(!scenario.summary.isEmpty)
    #expect(!scenario.gates.isEmpty)
    let again = try Scenario(Array(scenario.json.lines.utf8), file: "again.json")
    #expect(again == scenario)
    #expect(again.hash == scenario.hash)
  }

  @Test func everyFileIsInTheProgram() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0 != "schema.json" }
    #expect(Set(files) == Set(ScenarioLibrary.names.map { "\($0).json" }))
    #expect(try ScenarioLibrary.scenario("no-such-one") == nil)
  }

  /// The example of the documentation is one.
  @Test func theDocumentedExampleIsRead() throws {
    let page = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Docs/Simulation.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let start = try #require(text.firstRange(of: "```json\n")).upperBound
    let end = try #require(text[start...].firstRange(of: "```")).lowerBound
    let scenario = try Scenario(Array(text[start..<end].utf8), file: "Simulation.md")
    #expect(scenario.name == "cellar" && scenario.faults.count == 2)
  }

  @Test func theDefaultIsTheDefault() throws {
    var scenario = try #require(try ScenarioLibrary.scenario("default"))
    scenario.gates = []
    scenario.summary = ""
    #expect(scenario == Scenario())
  }

  @Test func theSchemaIsTheRules() throws {
    let text = try String(contentsOf: Self.folder.appending(path: "schema.json"), encoding: .utf8)
    #expect(
      text == ScenarioSchema.text,
      "run: swiftlet run --schema > Simulator/Scenarios/Data/schema.json")
    let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let properties = try #require(root?["properties"] as? [String: Any])
    guard case .object(let members) = Scenario().json else {
      Issue.record("a scenario is an object")
      return
    }
    #expect(Set(properties.keys) == Set(members.keys).union(["$schema"]))
  }

  @Test func theStormIsAboutTheBackOff() throws {
    let storm = try #require(try ScenarioLibrary.scenario("reconnect-storm"))
    #expect(storm.deviceCount == 10_000)
    #expect(storm.isCoupled)
    let waits = storm.comparisons.map(\.device.backOff)
    let ten = Interval(seconds: 10)
    #expect(waits.first.map { [$0.floor, $0.base, $0.cap] } == [ten, ten, ten])
    #expect(waits.last?.cap == Interval(milliseconds: 65_536))
  }

  @Test func aChangeAnywhereChangesTheHash() {
    var changed = Scenario()
    changed.cloud.clockSkew = Interval(seconds: 599)
    #expect(changed.hash != Scenario().hash)
    #expect(Scenario().hash.count == 16)
  }
}
