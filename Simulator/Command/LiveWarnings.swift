import Fleet

/// What a reader of a live run's figures has to know before believing them.
struct LiveWarnings {
  let latencies: Latencies

  /// A line for each trap that the figures show.
  var lines: [String] { [lateGenerator, delayedAcknowledgements, fullBacklog].compactMap { $0 } }

  /// The measurement measures itself.
  private var lateGenerator: String? {
    let late = milliseconds(.generatorLate, 99)
    guard late > 100 else { return nil }
    return """
      this program itself was late by \(LiveSummary.short(late)) (p99): the times \
      describe the generator, not the broker; connect fewer at a time (--connect-rate, \
      --max-in-handshake) or use more processors
      """
  }

  /// A peer that waits for an acknowledgement, which the kernel delays by 40 ms, before it sends
  /// the next small piece.
  ///
  /// On a network that is quick nothing else takes just that long: load, which may have the same
  /// median by chance, spreads wide.
  private var delayedAcknowledgements: String? {
    guard latencies[.tcp].count > 0, milliseconds(.tcp, 50) < 10 else { return nil }
    let phases: [LatencyPhase] = [.tls, .mqtt, .subscribe, .publish]
    let slow = phases.compactMap { phase in
      shareOfDelay(phase).map { "\(Int($0 * 100)) % of \(phase.rawValue)" }
    }
    guard !slow.isEmpty else { return nil }
    return """
      \(slow.joined(separator: ", ")) took 38 to 60 ms, which is Nagle's algorithm waiting for a \
      delayed acknowledgement; have the broker send at once (mosquitto: `set_tcp_nodelay true`)
      """
  }

  /// Which part of all took about as long as the kernel delays an acknowledgement; nil where that
  /// is not many, or where nearly as many took a little less.
  private func shareOfDelay(_ phase: LatencyPhase) -> Double? {
    let latency = latencies[phase]
    let delayed = latency.count(atMost: 60_000) - latency.count(atMost: 38_000)
    let quicker = latency.count(atMost: 38_000) - latency.count(atMost: 16_000)
    guard delayed > 0, delayed >= 4 * quicker else { return nil }
    let share = Double(delayed) / Double(latency.count)
    return share >= 0.15 ? share : nil
  }

  /// A connection request that finds no room is sent again after one second, then after three.
  private var fullBacklog: String? {
    guard milliseconds(.tcp, 50) < 500, milliseconds(.tcp, 99) > 900 else { return nil }
    return """
      tcp: p99 is \(LiveSummary.short(milliseconds(.tcp, 99))): the broker's queue of new \
      connections overflows (mosquitto's has 100 places) and requests are sent again after 1 s; \
      stay below it with --max-in-handshake
      """
  }

  private func milliseconds(_ phase: LatencyPhase, _ percent: Double) -> Double {
    Double(latencies[phase].percentile(percent)) / 1_000
  }
}
