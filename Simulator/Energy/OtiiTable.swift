import DataFiles
import Foundation

/// Takes over a battery that was measured with Otii, whose export is a table of voltage, internal
/// resistance and used capacity.
///
/// The shape is documented at docs.qoitech.com, "Battery profile manager": `dischargetables[]`,
/// each with `table[]` of `voltage` in V, `resistance` in ohms and `capacity` in mAh. Limits that
/// the export lacks are taken from the measured resistance, so that nothing better than measured is
/// promised.
enum OtiiTable {
  /// True if the file is such an export.
  static func isOne(_ data: Data) -> Bool {
    (try? DataPlace(data, file: ""))?.has("dischargetables") == true
  }

  /// Reads the first table of an export as a battery called `id`.
  static func battery(_ data: Data, file: String, id: String) throws(DataError) -> BatteryProfile {
    let root = try DataPlace(data, file: file)
    var members: [String: DataPlace] = [:]
    for (key, member) in try root.anyMembers() { members[key] = member }
    let tables = try members.required(
      "dischargetables", of: root, "a list of tables"
    ).items()
    guard let first = tables.first else { throw root.error("dischargetables is empty") }
    var inner: [String: DataPlace] = [:]
    for (key, member) in try first.anyMembers() { inner[key] = member }
    let rows = try inner.required("table", of: first, "a list of points").items()
    var points: [(volts: Double, ohms: Double, used: Double)] = []
    for row in rows { points.append(try point(row)) }
    points.sort { $0.used < $1.used }
    guard let last = points.last, points.count >= 2, last.used > 0 else {
      throw first.error("table should have at least two points with a rising capacity")
    }
    let source = "Otii export \(URL(fileURLWithPath: file).lastPathComponent)"
    func curve(_ value: (Int) -> Double) -> Curve {
      var seen: [Curve.Point] = []
      for index in points.indices.reversed() {
        let x = 100 * (1 - points[index].used / last.used)
        if let before = seen.last, x <= before.x { continue }
        seen.append(Curve.Point(x: x, y: value(index)))
      }
      return Curve(seen, standing: .measured, source: source)
    }
    func figure(_ value: Double, _ standing: Figure.Standing = .measured) -> Figure {
      Figure(value: value, standing: standing, source: source)
    }
    // What the cell gave at the end of the test without falling below 80 % of its voltage.
    let limit = last.ohms > 0 ? 0.2 * last.volts / last.ohms * 1_000 : 1_000
    return BatteryProfile(
      id: id, name: id, words: ["chemistry": "measured"],
      figures: [
        .capacityMilliampereHours: figure(last.used),
        .continuousLimitMilliamperes: figure(limit, .derived),
        .pulseLimitMilliamperes: figure(limit, .derived),
        .cutOffVolts: figure(last.volts * 0.8, .derived),
        .selfDischargePercentPerYear: figure(2, .estimate),
        .minimumCelsius: figure(0, .estimate), .maximumCelsius: figure(45, .estimate),
        .shelfLifeYears: figure(10, .estimate),
      ],
      curves: [
        "voltsByChargePercent": curve { points[$0].volts },
        "ohmsByChargePercent": curve { points[$0].ohms },
      ])
  }

  private static func point(
    _ row: DataPlace
  ) throws(DataError) -> (volts: Double, ohms: Double, used: Double) {
    var members: [String: DataPlace] = [:]
    for (key, member) in try row.anyMembers() { members[key] = member }
    return (
      try members.required("voltage", of: row, "the voltage in V")
        .number(in: 0.1...60, "the voltage in V"),
      try members.required("resistance", of: row, "the internal resistance in ohms")
        .number(in: 0...10_000, "the internal resistance in ohms"),
      try members.required("capacity", of: row, "the used capacity in mAh")
        .number(in: 0...1e7, "the used capacity in mAh")
    )
  }
}
