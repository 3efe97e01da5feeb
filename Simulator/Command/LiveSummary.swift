import Cloud
import Fleet
import Foundation
import Units
import Wire

/// The result of a live run, in the form that `--format json` prints.
struct LiveSummary: Codable {
  struct Messages: Codable {
    var accepted: Int
    var acknowledged: Int
    var lost: Int
    var duplicated: Int?
    var received: Int
    var notAccepted: Int
  }

  struct Tokens: Codable {
    var signed: Int
    var refused: Int
    var devicesRefreshed: Int
  }

  struct Connects: Codable {
    var full: Int
    var resumed: Int
    var failed: Int
  }

  struct Bytes: Codable {
    var sent: Int
    var received: Int
  }

  struct Memory: Codable {
    var residentBytesPerDevice: Int
  }

  var devices: Int
  var connected: Int
  var configured: Int
  var seconds: Double
  var messages: Messages
  var tokens: Tokens
  var connects: Connects
  var bytes: Bytes
  var memory: Memory
  var failures: [String: Int]
  var reproduce: String

  /// Sums up a run; with the stand-in cloud, what is missing or double there counts too.
  init(
    tally: FleetTally, time: Interval, residentBytes: Int, quality: MQTT.QualityOfService,
    cloud: Cloud?, ids: [String], reproduce: String
  ) {
    devices = tally.devices
    connected = tally.everOnline
    configured = tally.configured
    seconds = Double(time.milliseconds) / 1_000
    let logs = cloud.map { cloud in ids.map { cloud.received(from: $0) } }
    let arrived = logs.map { $0.reduce(0) { $0 + $1.count } }
    let unacknowledged = tally.accepted - tally.acknowledged
    messages = Messages(
      accepted: tally.accepted, acknowledged: tally.acknowledged,
      lost: max(unacknowledged, arrived.map { tally.accepted - $0 } ?? 0),
      duplicated: logs.map { $0.reduce(0) { $0 + $1.duplicates } },
      received: tally.received, notAccepted: tally.notAccepted)
    tokens = Tokens(
      signed: tally.tokensSigned, refused: tally.tokensRefused, devicesRefreshed: tally.refreshed)
    connects = Connects(
      full: tally.connectsFull, resumed: tally.connectsResumed, failed: tally.connectsFailed)
    bytes = Bytes(sent: tally.bytesSent, received: tally.bytesReceived)
    memory = Memory(residentBytesPerDevice: residentBytes / max(tally.devices, 1))
    failures = tally.failures
    self.reproduce = reproduce
  }

  /// Why the run failed its purpose, in one line, or nil.
  func shortcoming(_ tally: FleetTally) -> String? {
    let reason = tally.commonestFailure.map { ": \($0.reason) (\($0.count) times)" } ?? ""
    if tally.synchronized == 0 {
      return "no time server gave a usable answer, and without the time nothing is signed"
    }
    if connected == 0 { return "no device could connect\(reason)" }
    if connected < devices { return "\(devices - connected) devices could not connect\(reason)" }
    if messages.lost > 0 { return "\(messages.lost) accepted messages are missing\(reason)" }
    return nil
  }

  func text(as format: OutputFormat) throws -> String {
    switch format {
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    case .text: return table
    }
  }

  private var table: String {
    var lines: [(String, String)] = [
      ("devices", "\(devices), of which connected \(connected), configured \(configured)"),
      ("time", String(format: "%.1f s", seconds)),
      (
        "messages",
        "\(messages.accepted) accepted, \(messages.acknowledged) acknowledged, "
          + "lost: \(messages.lost)"
          + (messages.duplicated.map { ", \($0) twice" } ?? "")
          + (messages.notAccepted > 0 ? ", \(messages.notAccepted) refused for lack of room" : "")
      ),
      ("received", "\(messages.received) messages from the cloud"),
      (
        "tokens",
        "\(tokens.signed) signed, \(tokens.refused) refused; "
          + "\(tokens.devicesRefreshed) devices renewed theirs before it expired"
      ),
      (
        "connections",
        "\(connects.full) with a full handshake, \(connects.resumed) resumed, "
          + "\(connects.failed) failed"
      ),
      ("bytes", "\(bytes.sent) sent, \(bytes.received) received, TLS included"),
      ("memory", "\(memory.residentBytesPerDevice / 1024) KB resident a device, TLS included"),
    ]
    for (reason, count) in failures.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      lines.append(("failure", "\(reason) (\(count) times)"))
    }
    lines.append(("again", reproduce))
    return lines.map { $0.0.padding(toLength: 13, withPad: " ", startingAt: 0) + $0.1 }
      .joined(separator: "\n")
  }
}
