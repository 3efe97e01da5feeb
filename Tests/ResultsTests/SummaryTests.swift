import DataFiles
import Energy
import Report
import Results
import Scenarios
import Testing
import Units

/// Gates, summaries and pages of results.
@Suite struct SummaryTests {
  private static func result(_ scenario: Scenario, _ fleet: FleetResult) -> RunResult {
    RunResult(
      identity: RunIdentity(
        build: "b", arguments: "mine.json --devices \(scenario.deviceCount)", scenario: scenario,
        seeds: 42...42),
      scenario: scenario, fleet: fleet,
      comparisons: scenario.comparisons.map { NamedFleetResult(name: $0.name, fleet: fleet) })
  }

  private static func random(_ scenario: Scenario) -> FleetResult {
    var random = RandomResults(seed: 3)
    return random.devices(of: scenario, seeds: 42...42)[0].reduce(into: FleetResult()) {
      $0.addDevices(of: $1)
    }
  }

  @Test func theCausesAreThoseOfTheEnergyModel() {
    #expect(Metric.causes == Cause.allCases.map(\.rawValue))
  }

  @Test func everyListedMetricHasAValue() throws {
    let fleet = Self.random(Scenario())
    var names = Metric.single + ["time.largestError", "faults.total", "energy.total"]
    names += Metric.counts.flatMap { group, names in names.map { "\(group).\($0)" } }
    names += Metric.distributions.flatMap { ["\($0).p50", "\($0).max"] }
    names += Metric.causes.map { "energy.\($0)" }
    names += Fault.Kind.allCases.map { "faults.\($0.rawValue)" }
    for name in names {
      let metric = try #require(Metric(name), "\(name)")
      #expect(fleet.value(of: metric) >= 0, "\(name)")
    }
  }

  @Test func batteriesThatLiveOnCount() throws {
    var fleet = FleetResult()
    fleet.devices = 100
    for hour in 1...10 { fleet.batteryLife.record(UInt64(hour)) }
    #expect(fleet.batteryLifeHours(percent: 5) == 5)
    #expect(fleet.batteryLifeHours(percent: 10) == 10)
    #expect(fleet.batteryLifeHours(percent: 11) == .infinity)
    let condition = try Condition("battery.p50<3y")
    #expect(!condition.holds(for: fleet.value(of: condition.metric)))
  }

  @Test func gatesDecideAndAreAllTried() throws {
    var scenario = Scenario(name: "mine")
    scenario.gates = ["messages.lost==0", "deaths==0"]
    var fleet = FleetResult()
    fleet.devices = 25
    fleet.messages.lost = 3
    fleet.connectTime.record(7_000)
    let failIf = [try Condition("connects.p99>5s"), try Condition("tokens.refused>0")]
    let summary = RunSummary(Self.result(scenario, fleet), failIf: failIf)
    #expect(summary.gates.map(\.isPassed) == [false, true, false, true])
    #expect(summary.shortcoming?.contains("messages.lost==0 should be true") == true)
    #expect(summary.shortcoming?.contains("1 more") == true)
    #expect(summary.text().contains("FAILED       not connects.p99>5s: 7 s"))
    fleet.messages.lost = 0
    #expect(RunSummary(Self.result(scenario, fleet)).shortcoming == nil)
    var shard = Self.result(scenario, fleet)
    shard.identity.shardCount = 2
    #expect(RunSummary(shard).gates.isEmpty, "a shard is not the fleet that gates speak of")
  }

  @Test func whatWasBrokenComesFirst() throws {
    var scenario = Scenario(name: "mine")
    scenario.comparisons = [Comparison(name: "it's other", with: scenario)]
    var fleet = FleetResult()
    fleet.broken = ["clock": 1]
    fleet.breaches = [
      Breach(invariant: "clock", seed: 42, device: 7, atMilliseconds: 5_000, detail: "untrusted")
    ]
    var result = Self.result(scenario, fleet)
    let lines = RunSummary(result).text().split(separator: "\n")
    #expect(lines[0].hasPrefix("BROKEN   seed 42, device 7, after 5 s: clock: untrusted"))
    #expect(lines[1] == "replay   swiftlet replay mine.json --devices 25 --seed 42 --device 7")
    #expect(lines.last == "again        swiftlet run mine.json --devices 25 --seed 42")
    #expect(RunSummary(result).shortcoming?.contains("invariant") == true)
    result.fleet = FleetResult()
    let alarm = RunSummary(result).alarm
    #expect(alarm?.contains("--comparison 'it'\\''s other'") == true, "\(alarm ?? "")")
  }

  @Test func theSummaryHasItsKeys() throws {
    let scenario = try #require(try ScenarioLibrary.scenario("swarm"))
    let summary = RunSummary(Self.result(scenario, Self.random(scenario)), wallSeconds: 2)
    let node = try JSONParser.parse(
      Array(summary.jsonText.utf8), file: "x", sizeMaximum: 1 << 20)
    let members = try DataPlace(node, file: "x").anyMembers().map(\.key)
    for key in [
      "digest", "devices", "simulatedSeconds", "wallSeconds", "messages", "connects", "tokens",
      "energy", "invariants", "reproduce", "gates", "comparisons", "partial",
    ] { #expect(members.contains(key), "\(key)") }
    for line in summary.jsonLines.split(separator: "\n") {
      _ = try JSONParser.parse(Array(line.utf8), file: "x", sizeMaximum: 1 << 20)
    }
  }

  @Test(arguments: ScenarioLibrary.names)
  func everyScenarioHasAPage(_ name: String) throws {
    var scenario = try #require(try ScenarioLibrary.scenario(name))
    scenario.deviceCount = 5
    scenario.summary = "<script>alert(1)</script>"
    let page = FleetPage(Self.result(scenario, Self.random(scenario))).html
    #expect(!page.contains("<script"))
    #expect(!page.contains("http://") && !page.contains("https://"))
    #expect(page.contains("<svg") && page.contains("</html>"))
    #expect(page.contains("swiftlet run mine.json --devices 5 --seed 42"))
    #expect(!page.contains("nan") && !page.contains("inf "))
    // An option may end the run before its first fault.
    scenario.duration = Interval(seconds: 60)
    #expect(FleetPage(Self.result(scenario, Self.random(scenario))).html.contains("</html>"))
    for comparison in scenario.comparisons { #expect(page.contains(">\(comparison.name)<")) }
  }
}
