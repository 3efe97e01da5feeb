import DataFiles
import Energy
import Foundation
import Testing

/// Batteries that were measured with Otii.
@Suite struct OtiiTests {
  private static let export = """
    {"id": "a", "battery": {"capacity": 100, "capacityunit": "mAh"}, "dischargetables": [
      {"id": "b", "current": 0.01, "table": [
        {"voltage": 3.2, "resistance": 10, "capacity": 0.5},
        {"voltage": 3.0, "resistance": 12, "capacity": 50},
        {"voltage": 2.4, "resistance": 30, "capacity": 100}]}]}
    """

  @Test func anExportIsABattery() throws {
    var library = try Bench().library
    try library.addAnything(Data(Self.export.utf8), file: "here/My-Cell.json")
    let cell = try #require(library.batteries.last)
    #expect(cell.id == "my-cell")
    #expect(cell[.capacityMilliampereHours] == 100)
    let volts = try #require(cell.curves["voltsByChargePercent"])
    #expect(volts[100] == 3.2 && volts[50] == 3.0 && volts[0] == 2.4)
    #expect(cell.curves["ohmsByChargePercent"]?[50] == 12)
    // A fifth of 2.4 V over 30 Ω: no more than the cell gave at its worst.
    #expect(isNear(cell[.pulseLimitMilliamperes], 16, within: 1e-9))
    var bench = try Bench()
    bench.radio = "ble-gateway"
    let row = try bench.assess(bench.policy("mtls-kept")) { _ in
    } battery: { _ in
      cell
    }
    #expect(row.objection == nil && row.lifeDays.lowerBound > 10, "\(row.objection ?? "")")
  }

  @Test(arguments: [
    ("\"voltage\": 3.0", "\"voltage\": -3", "voltage"),
    ("\"resistance\": 12,", "", "resistance"), ("\"table\"", "\"tabel\"", "table"),
    ("\"capacity\": 50", "\"capacity\": \"50\"", "capacity"),
  ])
  func aWrongExportIsNamed(_ old: String, _ new: String, _ says: String) throws {
    var library = try Bench().library
    let text = Self.export.replacing(old, with: new)
    let error = #expect(throws: DataError.self) {
      try library.addAnything(Data(text.utf8), file: "o.json")
    }
    #expect(error?.path.contains(says) == true, "\(error?.description ?? "")")
  }
}
