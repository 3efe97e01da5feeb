import DataFiles
import Energy
import Foundation
import Testing

/// The cost table and what the measuring firmware writes.
@Suite struct CostTableTests {
  private static let run = """
    {"board": "mps2-an386", "flashBytes": 100000, "instructions": {
      "es256Sign": 9000001, "rs256Sign": 40000000, "fullHandshakeRSAChain": 30000000,
      "fullHandshakeECChain": 80000000, "fullHandshakeClientCertificate": 36000000,
      "resumedHandshake": 400000, "hmacSHA256": 15000, "tokenRefresh": 9500000, "publish": 33000,
      "somethingElse": 1}}
    """

  @Test func aRunIsTakenOver() throws {
    let library = try Bench().library
    let run = try CostTable.run(Data(Self.run.utf8), file: "run.json")
    let table = library.costs.replacing(with: [run])
    // In place of the run of the same board that is inside the program.
    #expect(table.entries.count == library.costs.entries.count)
    #expect(table.entry(core: "cortex-m4")?.setting == "firmware")
    #expect(table.entry(core: "cortex-m4")?.instructions[.es256Sign] == 9_000_001)
    #expect(table.entry(core: "cortex-m4", setting: "-O2")?.instructions[.es256Sign] == 10_070_000)
    #expect(table.entry(core: "cortex-m0plus") == library.costs.entry(core: "cortex-m0plus"))
    // A newer run of the same board takes the place of the older.
    let again = table.replacing(with: [run])
    #expect(again.entries.count == table.entries.count)
  }

  @Test func theShippedFirmwareIsTheDefault() throws {
    let costs = try Bench().library.costs
    for core in ["cortex-m4", "cortex-m3"] {
      let shipped = try #require(costs.entry(core: core))
      let library = try #require(costs.entry(core: core, setting: "-O2"))
      #expect(shipped.setting == "firmware")
      #expect(shipped.command == "make costs")
      #expect(shipped.instructions.count == Operation.allCases.count)
      // The firmware's own P-256, even with the check of the signature, against the library's.
      let sign = try #require(shipped.instructions[.es256Sign])
      #expect(try sign * 5 < #require(library.instructions[.es256Sign]))
      // What the whole takes beyond its parts is the token around the signature and CONNECT.
      let whole = try #require(shipped.instructions[.tokenRefresh])
      let rest = try whole - sign - #require(shipped.instructions[.resumedHandshake])
      #expect(rest > 0 && rest < 300_000, "\(rest)")
    }
  }

  @Test func aTableNeedNotHaveTheRenewalAsAWhole() throws {
    let text = Self.run.replacing("\"tokenRefresh\": 9500000,", with: "")
    let run = try CostTable.run(Data(text.utf8), file: "run.json")
    #expect(run.instructions[.tokenRefresh] == nil)
    #expect(run.instructions[.publish] == 33_000)
    var library = try Bench().library
    let table = library.costs.replacing(with: [run])
    try library.useCosts(Data(table.json.utf8), file: "printed.json")
    #expect(library.costs.entries == table.entries)
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
    // Less than its parts, by one.
    ("9500000", "9400000", "tokenRefresh"),
    ("9500000", "9500000.5", "tokenRefresh"),
    ("\"board\"", "\"bord\"", "board"),
  ])
  func aWrongRunIsNamed(_ old: String, _ new: String, _ says: String) {
    let text = Self.run.replacing(old, with: new)
    let error = #expect(throws: DataError.self) {
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
    let sign = try #require(counts[.es256Sign])
    let whole = try #require(counts[.tokenRefresh])
    counts[.es256Sign] = 2 * sign
    // It has no effect, but must not be less than its parts.
    counts[.tokenRefresh] = 2 * whole
    let text = parts.costs.json
      .replacing("\"es256Sign\": \(sign)", with: "\"es256Sign\": \(2 * sign)")
      .replacing("\"tokenRefresh\": \(whole)", with: "\"tokenRefresh\": \(2 * whole)")
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
