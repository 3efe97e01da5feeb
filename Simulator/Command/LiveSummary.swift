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
    /// What the fleet added to the process.
    var residentBytesPerDevice: Int
    /// All of the process, the stand-in cloud and the keys included.
    var processResidentBytesPerDevice: Int
  }

  /// The time in which all devices were connected.
  struct Hold: Codable {
    var seconds: Double
    /// The fewest devices that were connected in that time.
    var onlineMinimum: Int
  }

  struct Processor: Codable {
    var seconds: Double
    /// Up to the moment when the last device was connected, by device.
    var millisecondsPerConnect: Double?
  }

  struct LatencyFigure: Codable {
    var count: UInt64
    var p50Milliseconds: Double
    var p90Milliseconds: Double
    var p99Milliseconds: Double
    var p999Milliseconds: Double
    var maxMilliseconds: Double

    init(_ latency: Latency) {
      func milliseconds(_ microseconds: UInt64) -> Double { Double(microseconds) / 1_000 }
      count = latency.count
      p50Milliseconds = milliseconds(latency.percentile(50))
      p90Milliseconds = milliseconds(latency.percentile(90))
      p99Milliseconds = milliseconds(latency.percentile(99))
      p999Milliseconds = milliseconds(latency.percentile(99.9))
      maxMilliseconds = milliseconds(latency.maximum)
    }
  }

  var devices: Int
  var connected: Int
  var configured: Int
  var seconds: Double
  var messages: Messages
  var tokens: Tokens
  var connects: Connects
  /// Devices by the time from the start to the arrival of the last one.
  var connectsPerSecond: Double?
  var hold: Hold?
  var latency: [String: LatencyFigure]
  var warnings: [String]
  var bytes: Bytes
  var memory: Memory
  var processor: Processor
  var failures: [String: Int]
  var reproduce: String

  /// Sums up a run; with the stand-in cloud, what is missing or double there counts too.
  init(
    _ outcome: Live.Outcome, cloud: Cloud?, ids: [String], reproduce: String
  ) {
    let tally = outcome.tally
    let course = outcome.course
    devices = tally.devices
    connected = tally.everOnline
    configured = tally.configured
    seconds = Double(course.time.milliseconds) / 1_000
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
    memory = Memory(
      residentBytesPerDevice: max(course.residentBytes - outcome.residentBytesBefore, 0)
        / max(tally.devices, 1),
      processResidentBytesPerDevice: course.residentBytes / max(tally.devices, 1))
    processor = Processor(
      seconds: course.processorSeconds,
      millisecondsPerConnect: course.processorSecondsToConnect.map {
        $0 * 1_000 / Double(max(tally.devices, 1))
      })
    connectsPerSecond = tally.lastArrival.map {
      Double(tally.everOnline) * 1_000 / Double(max($0.since(outcome.start).milliseconds, 1))
    }
    hold = course.allOnlineAt.map {
      Hold(
        seconds: Double((course.publishedUntil - $0).milliseconds) / 1_000,
        onlineMinimum: course.onlineMinimum)
    }
    let figures = LatencyPhase.allCases
      .map { ($0.rawValue, LatencyFigure(outcome.latencies[$0])) }.filter { $0.1.count > 0 }
    latency = Dictionary(uniqueKeysWithValues: figures)
    warnings = LiveWarnings(latencies: outcome.latencies).lines
    failures = tally.failures.merging(tally.mishaps, uniquingKeysWith: +)
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
          + (connectsPerSecond.map { String(format: "; %.0f devices a second", $0) } ?? "")
      ),
      ("bytes", "\(bytes.sent) sent, \(bytes.received) received, TLS included"),
      (
        "memory",
        String(
          format: "%.1f KB resident a device, TLS included; %.1f KB with all of the process",
          Double(memory.residentBytesPerDevice) / 1_024,
          Double(memory.processResidentBytesPerDevice) / 1_024)
      ),
      (
        "processor",
        String(format: "%.1f s", processor.seconds)
          + (processor.millisecondsPerConnect.map {
            String(format: "; %.1f ms a device until all were connected", $0)
          } ?? "")
      ),
    ]
    if let hold {
      lines.append(
        (
          "held",
          String(format: "%.1f s from the moment when all were connected", hold.seconds)
            + "; \(hold.onlineMinimum) at least"
        ))
    }
    lines += latencyLines
    for warning in warnings { lines.append(("warning", warning)) }
    for (reason, count) in failures.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      lines.append(("failure", "\(reason) (\(count) times)"))
    }
    lines.append(("again", reproduce))
    return lines.map { $0.0.padding(toLength: 13, withPad: " ", startingAt: 0) + $0.1 }
      .joined(separator: "\n")
  }

  /// The lengths of time, as a table.
  private var latencyLines: [(String, String)] {
    guard !latency.isEmpty else { return [] }
    func row(_ cells: [String]) -> String {
      zip(cells, [15, 9, 9, 9, 9, 9, 9]).map { cell, width in
        let space = String(repeating: " ", count: max(0, width - cell.count))
        return width == 15 ? cell + space : space + cell
      }.joined()
    }
    var lines = [("latency", row(["", "count", "p50", "p90", "p99", "p99.9", "longest"]))]
    for phase in LatencyPhase.allCases {
      guard let figure = latency[phase.rawValue] else { continue }
      let times = [
        figure.p50Milliseconds, figure.p90Milliseconds, figure.p99Milliseconds,
        figure.p999Milliseconds, figure.maxMilliseconds,
      ]
      lines.append(("", row([phase.rawValue, "\(figure.count)"] + times.map(Self.short))))
    }
    return lines
  }

  /// A number of milliseconds, in a unit that suits it.
  static func short(_ milliseconds: Double) -> String {
    switch milliseconds {
    case ..<10: String(format: "%.2f ms", milliseconds)
    case ..<1_000: String(format: "%.0f ms", milliseconds)
    default: String(format: "%.2f s", milliseconds / 1_000)
    }
  }
}
