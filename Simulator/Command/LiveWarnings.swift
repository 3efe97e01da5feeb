import Fleet

/// What a reader of a live run's figures has to know before believing them.
struct LiveWarnings {
  /// Lengths of time in milliseconds, by `LatencyPhase`.
  let latency: [LatencyPhase: LiveSummary.LatencyFigure]

  /// A line for each trap that the figures show.
  var lines: [String] { [lateGenerator, delayedAcknowledgements, fullBacklog].compactMap { $0 } }

  /// The measurement measures itself.
  private var lateGenerator: String? {
    guard let late = latency[.generatorLate], late.p99Milliseconds > 100 else { return nil }
    return """
      this program itself was late by \(LiveSummary.short(late.p99Milliseconds)) (p99): the times \
      describe the generator, not the broker; connect fewer at a time (--connect-rate, \
      --max-in-handshake) or use more processors
      """
  }

  /// A peer that waits for an acknowledgement, which the kernel delays by 40 ms, before it sends
  /// the next small piece: nothing else takes just that long, on a network that is quick.
  private var delayedAcknowledgements: String? {
    guard let tcp = latency[.tcp], tcp.p50Milliseconds < 10 else { return nil }
    let phases: [LatencyPhase] = [.tls, .mqtt, .subscribe, .publish]
    let slow = phases.filter { phase in
      guard let figure = latency[phase] else { return false }
      return (39...50).contains(figure.p50Milliseconds)
    }
    guard let first = slow.first, let figure = latency[first] else { return nil }
    return """
      \(slow.map(\.rawValue).joined(separator: ", ")): p50 is \
      \(LiveSummary.short(figure.p50Milliseconds)), which is Nagle's algorithm waiting for a \
      delayed acknowledgement; have the broker send at once (mosquitto: `set_tcp_nodelay true`)
      """
  }

  /// A connection request that finds no room is sent again after one second, then after three.
  private var fullBacklog: String? {
    guard let tcp = latency[.tcp], tcp.p50Milliseconds < 500, tcp.p99Milliseconds > 900 else {
      return nil
    }
    return """
      tcp: p99 is \(LiveSummary.short(tcp.p99Milliseconds)): the broker's queue of new connections \
      overflows (mosquitto's has 100 places) and requests are sent again after 1 s; stay below it \
      with --max-in-handshake
      """
  }
}
