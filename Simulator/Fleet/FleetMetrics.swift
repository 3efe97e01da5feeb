import Device
import Metrics

/// The figures of a live fleet, as Prometheus scrapes them.
///
/// No figure is labelled by device: ten thousand series that nobody looks at would be the end of
/// the server that keeps them.
public struct FleetMetrics {
  /// Upper bounds of the histograms in milliseconds, up to 120 s: a storm must not vanish beyond
  /// the last one.
  public static let bounds: [UInt64] = [
    1, 2, 5, 10, 20, 30, 40, 50, 75, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000,
    60_000, 120_000,
  ]

  private let tally: FleetTally
  private let latencies: Latencies
  private let quality: Int

  /// Creates the figures of a fleet that publishes with quality of service 0 or 1.
  public init(tally: FleetTally, latencies: Latencies, quality: Int) {
    self.tally = tally
    self.latencies = latencies
    self.quality = quality
  }

  /// The page, without figures of the process.
  public var exposition: Exposition {
    var page = Exposition()
    addDevices(&page)
    addConnects(&page)
    addMessages(&page)
    addLatencies(&page)
    return page
  }

  private func addDevices(_ page: inout Exposition) {
    page.begin("swiftlet_devices", .gauge, help: "Devices by the phase they are in.")
    for raw in tally.phases.indices {
      guard let phase = DevicePhase(rawValue: UInt8(raw)) else { continue }
      page.add("swiftlet_devices", [("state", "\(phase)")], tally.phases[raw])
    }
    page.begin(
      "swiftlet_token_renewals_total", .counter, help: "Connections ended for a new token.")
    page.add("swiftlet_token_renewals_total", [], tally.refreshes)
    page.begin("swiftlet_tokens_total", .counter, help: "Tokens signed, and refused by the cloud.")
    page.add("swiftlet_tokens_total", [("result", "signed")], tally.tokensSigned)
    page.add("swiftlet_tokens_total", [("result", "refused")], tally.tokensRefused)
  }

  private func addConnects(_ page: inout Exposition) {
    let name = "swiftlet_connects_total"
    page.begin(
      name, .counter,
      help: "Connections accepted, by handshake; attempts failed and connections broken, by why.")
    page.add(name, [("result", "accepted"), ("reason", "full handshake")], tally.connectsFull)
    page.add(name, [("result", "accepted"), ("reason", "resumed")], tally.connectsResumed)
    for (reason, count) in tally.failures.sorted(by: { $0.key < $1.key }) {
      page.add(name, [("result", "failed"), ("reason", reason)], count)
    }
  }

  private func addMessages(_ page: inout Exposition) {
    let name = "swiftlet_messages_total"
    let labels: [Exposition.Label] = [("dir", "out"), ("qos", "\(quality)")]
    page.begin(name, .counter, help: "Messages to the cloud and from it.")
    page.add(name, labels + [("result", "accepted")], tally.accepted)
    page.add(name, labels + [("result", "acknowledged")], tally.acknowledged)
    page.add(name, labels + [("result", "refused")], tally.notAccepted)
    page.add(name, [("dir", "in"), ("result", "received")], tally.received)
    page.begin("swiftlet_stream_bytes_total", .counter, help: "Bytes through TCP, TLS included.")
    page.add("swiftlet_stream_bytes_total", [("dir", "out")], tally.bytesSent)
    page.add("swiftlet_stream_bytes_total", [("dir", "in")], tally.bytesReceived)
  }

  private func addLatencies(_ page: inout Exposition) {
    page.begin(
      "swiftlet_connect_seconds", .histogram, help: "How long the parts of connecting take.")
    for phase in [LatencyPhase.dns, .tcp, .tls, .mqtt, .subscribe] {
      add(phase, "swiftlet_connect_seconds", [("phase", phase.rawValue)], &page)
    }
    for (phase, name, help) in [
      (LatencyPhase.connect, "connect_whole", "From the name's lookup to the cloud's consent."),
      (.publish, "publish", "From a message's acceptance to its acknowledgement."),
      (.reconnectDelay, "reconnect_delay", "From a failure to the next attempt."),
      (.generatorLate, "generator_late", "How late this program did what was due."),
    ] {
      page.begin("swiftlet_\(name)_seconds", .histogram, help: help)
      add(phase, "swiftlet_\(name)_seconds", [], &page)
    }
  }

  private func add(
    _ phase: LatencyPhase, _ name: String, _ labels: [Exposition.Label], _ page: inout Exposition
  ) {
    let latency = latencies[phase]
    page.add(
      name, labels,
      buckets: Self.bounds.map { (Double($0) / 1_000, latency.count(atMost: $0 * 1_000)) },
      count: latency.count, sum: Double(latency.sum) / 1_000_000)
  }
}
