import Energy
import Foundation
import Testing

/// The cost table and what the measuring firmware writes.
@Suite struct CostTableTests {
  private static let run = """
    {"board": "mps2-an386", "flashBytes": 100000, "instructions": {
      "es256Sign": 9000001, "rs256Sign": 40000000, "fullHandshakeRSAChain": 30000000,
      "fullHandshakeECChain": 80000000, "fullHandshakeClientCertificate": 36000000,
      "resumedHandshake": 400000, "hmacSHA256": 15000, "tokenRefresh": 9100000, "publish": 33000,
      "somethingElse": 1}}
    """

  @Test func aRunIsTakenOver() throws {
    let library = try Bench().library
    let run = try CostTable.run(Data(Self.run.utf8), file: "run.json")
    let table = library.costs.replacing(with: [run])
    #expect(table.entries.count == library.costs.entries.count + 1)
    #expect(table.entry(core: "cortex-m4")?.setting == "firmware")
    #expect(table.entry(core: "cortex-m4")?.instructions[.es256Sign] == 9_000_001)
    #expect(table.entry(core: "cortex-m4", setting: "-O2")?.instructions[.es256Sign] == 10_070_000)
    #expect(table.entry(core: "cortex-m0plus") == library.costs.entry(core: "cortex-m0plus"))
    // A newer run of the same board takes the place of the older.
    let again = table.replacing(with: [run])
    #expect(again.entries.count == table.entries.count)
  }

  @Test func whatIsPrintedCanBeReadAgain() throws {
    var library = try Bench().library
    let run = try CostTable.run(Data(Self.run.utf8), file: "run.json")
    let table = library.costs.replacing(with: [run])
    try library.useCosts(Data(table.json.utf8), file: "printed.json")
    #expect(library.costs.entries == table.entries)
    #expect(library.costs.cyclesPerInstruction == table.cyclesPerInstruction)
  }

  @Test func theCheckedInFileIsAsItWouldBePrinted() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Simulator/Energy/Data/costs.json")
    let text = try String(contentsOf: url, encoding: .utf8)
    #expect(try text == Bench().library.costs.json + "\n")
  }

  @Test(arguments: [
    ("\"mps2-an386\"", "\"pdp-11\"", "lm3s6965evb"),
    ("\"publish\": 33000,", "", "publish"),
    ("\"resumedHandshake\": 400000", "\"resumedHandshake\": 0.5", "resumedHandshake"),
    ("9100000", "9000000", "tokenRefresh"),
    ("\"board\"", "\"bord\"", "board"),
  ])
  func aWrongRunIsNamed(_ old: String, _ new: String, _ says: String) {
    let text = Self.run.replacing(old, with: new)
    let error = #expect(throws: ProfileError.self) {
      try CostTable.run(Data(text.utf8), file: "a/run.json")
    }
    #expect(error?.file == "a/run.json")
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  @Test func twiceTheInstructionsAreTwiceTheEnergyOfSigning() throws {
    let bench = try Bench()
    let policy = try bench.policy("es256-1h-full")
    let parts = try bench.parts()
    var counts = parts.entry.instructions
    for operation in [Operation.es256Sign, .tokenRefresh] {
      counts[operation] = 2 * (counts[operation] ?? 0)
    }
    let text = parts.costs.json
      .replacing("\"es256Sign\": 10070000", with: "\"es256Sign\": 20140000")
      .replacing("\"tokenRefresh\": 10130000", with: "\"tokenRefresh\": 20260000")
    var library = bench.library
    try library.useCosts(Data(text.utf8), file: "costs.json")
    let entry = try #require(library.costs.entry(core: "cortex-m4"))
    #expect(entry.instructions == counts)
    let changed = DeviceParts(
      core: parts.core, radio: parts.radio, sensor: parts.sensor, exchange: parts.exchange,
      costs: library.costs, entry: entry)
    let before = try bench.assess(policy)
    let after = Assessment(
      parts: changed, policy: policy, battery: try bench.cell(), traffic: before.traffic,
      celsius: 20)
    #expect(
      isNear(
        after.load[.signing].millijoules, 2 * before.load[.signing].millijoules, within: 1e-9))
    #expect(after.load[.handshakeRadio] == before.load[.handshakeRadio])
  }
}
