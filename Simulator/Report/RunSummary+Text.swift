import Foundation
import Results
import Scenarios
import Units

extension RunSummary {
  /// The summary for a person.
  ///
  /// - Parameter isVerbose: Whether to show all reasons for failures and more percentiles.
  public func text(isVerbose: Bool = false) -> String {
    let fleet = result.fleet
    var lines: [(String, String)] = [
      (
        "scenario",
        [result.scenario.name, result.scenario.summary].filter { !$0.isEmpty }
          .joined(separator: ": ")
      ),
      ("devices", devices),
      ("digest", fleet.digest.text),
    ]
    lines += counts(fleet)
    lines += energy(fleet)
    if let life = battery(fleet) { lines.append(("batteries", life)) }
    lines.append(("invariants", invariants))
    lines += tally("faults", fleet.faults, isVerbose ? 100 : 8)
    lines += tally("failures", fleet.failures, isVerbose ? 1_000 : 5)
    lines += percentiles(fleet, isVerbose)
    let names = [result.scenario.name] + result.comparisons.map(\.name)
    if names.count > 1 {
      lines += zip(names, result.fleets).map { ("beside", comparison($0, $1)) }
    }
    for gate in gates {
      lines.append(
        (
          gate.isPassed ? "passed" : "FAILED",
          "\(gate.isDemand ? "" : "not ")\(gate.condition.text): \(gate.valueText)"
        ))
    }
    lines.append(("again", reproduce))
    let table = lines.map { $0.0.padding(toLength: 13, withPad: " ", startingAt: 0) + $0.1 }
      .joined(separator: "\n")
    return [alarm, isPartial ? "PARTIAL  ended early; these are the devices that were done" : nil]
      .compactMap { $0 }.map { $0 + "\n" }.joined() + table
  }

  private var devices: String {
    let identity = result.identity
    var text = "\(result.fleet.devices)"
    if identity.seedCount > 1 { text += " over \(identity.seedCount) seeds" }
    if identity.shardCount > 1 {
      text += ", shard \(identity.shard)/\(identity.shardCount) of \(identity.deviceCount)"
    }
    text += " for \(PlainText.time(milliseconds: Double(identity.durationMilliseconds)))"
    if let wallSeconds, let rate = deviceHoursPerSecond {
      text +=
        ", simulated in \(String(format: "%.1f", wallSeconds)) s: "
        + "\(PlainText.number(rate.rounded())) device-hours a second"
    }
    return text
  }

  private func counts(_ fleet: FleetResult) -> [(String, String)] {
    let (messages, connects) = (fleet.messages, fleet.connects)
    return [
      (
        "messages",
        "\(messages.accepted) accepted, \(messages.acknowledged) acknowledged, "
          + "lost: \(messages.lost), \(messages.duplicated) twice, \(messages.waiting) waiting, "
          + "\(messages.refused) refused, \(messages.dropped) dropped"
      ),
      (
        "connections",
        "\(connects.full) with a full handshake, \(connects.resumed) resumed, "
          + "\(connects.refused) refused, \(connects.failed) failed; "
          + "at most \(PlainText.rate(fleet.series.peakPerSecond(\.attempts)))"
      ),
      (
        "tokens",
        "\(fleet.tokens.signed) signed, \(fleet.tokens.refused) refused, "
          + "\(fleet.tokens.renewals) connections renewed in time"
      ),
      (
        "time",
        "\(fleet.time.synchronizations) times set, \(fleet.time.rejections) answers of no use, "
          + "wrong by at most "
          + PlainText.time(milliseconds: Double(fleet.time.largestErrorMilliseconds))
      ),
      (
        "flash",
        "\(fleet.flash.bytesProgrammed) bytes programmed, \(fleet.flash.blocksErased) erasures, "
          + "\(fleet.flash.mostErasures) of one block at most, "
          + "\(fleet.flash.corrupted) damaged records, \(fleet.resets) resets"
      ),
    ]
  }

  private func energy(_ fleet: FleetResult) -> [(String, String)] {
    let causes = fleet.energyNanojoules.keys.map { ($0, fleet.millijoulesPerHour(of: $0)) }
      .filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    let total = causes.reduce(0) { $0 + $1.1 }
    guard total > 0 else { return [] }
    let parts = causes.prefix(5).map { "\($0.0) \(PlainText.number($0.1))" }
    return [
      (
        "energy",
        "\(PlainText.number(total)) mJ an hour a device: " + parts.joined(separator: ", ")
      )
    ]
  }

  private func battery(_ fleet: FleetResult) -> String? {
    guard fleet.deaths > 0 || result.scenario.device.energy?.battery != nil else { return nil }
    let ends = [5.0, 50, 95].map { percent in
      "\(Int(percent)) % "
        + PlainText.time(milliseconds: fleet.batteryLifeHours(percent: percent) * 3_600_000)
    }
    return "\(fleet.deaths) ended; after \(ends.joined(separator: ", "))"
  }

  private var invariants: String {
    let checked = result.fleets.flatMap(\.checked.values).reduce(0) { $0 &+ $1 }
    let broken = result.fleets.reduce(into: [String: UInt64]()) {
      $0.merge($1.broken) { $0 &+ $1 }
    }
    let names = broken.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value) times" }
    return "checked \(checked) times, broken: \(result.brokenCount)"
      + (names.isEmpty ? "" : " (\(names.joined(separator: ", ")))")
  }

  private func tally(
    _ title: String, _ counts: [String: UInt64], _ most: Int
  ) -> [(String, String)] {
    let sorted = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !sorted.isEmpty else { return [] }
    let rest = sorted.count > most ? ", and \(sorted.count - most) other kinds" : ""
    return [
      (title, sorted.prefix(most).map { "\($0.key) \($0.value)" }.joined(separator: ", ") + rest)
    ]
  }

  private func percentiles(_ fleet: FleetResult, _ isVerbose: Bool) -> [(String, String)] {
    let rows = [
      ("connecting", fleet.connectTime), ("delivery", fleet.deliveryTime),
      ("offline", fleet.offlineTime), ("waits", fleet.backOffTime),
    ]
    let percents: [Double] = isVerbose ? [1, 10, 50, 90, 95, 99, 99.9] : [50, 99]
    return rows.filter { $0.1.count > 0 }.map { title, histogram in
      let parts = percents.map {
        "\(PlainText.number($0)) % within "
          + PlainText.time(milliseconds: Double(histogram.percentile($0)))
      }
      return (
        title,
        parts.joined(separator: ", ") + ", all within "
          + PlainText.time(milliseconds: Double(histogram.largest))
      )
    }
  }

  private func comparison(_ name: String, _ fleet: FleetResult) -> String {
    var parts = [
      "\(fleet.connects.attempted) attempts, "
        + "at most \(PlainText.rate(fleet.series.peakPerSecond(\.attempts)))",
      "\(fleet.connects.refused) refused",
      "tokens at most \(PlainText.rate(fleet.series.peakPerSecond(\.tokens)))",
    ]
    if fleet.offlineTime.count > 0 {
      parts.append(
        "99 % back within "
          + PlainText.time(milliseconds: Double(fleet.offlineTime.percentile(99))))
    }
    let energy = fleet.energyNanojoules.keys.reduce(0) { $0 + fleet.millijoulesPerHour(of: $1) }
    if energy > 0 { parts.append("\(PlainText.number(energy)) mJ/h") }
    return "\(name): " + parts.joined(separator: "; ")
  }
}
