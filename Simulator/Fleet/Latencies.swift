/// All lengths of time that a fleet, or a part of it, has measured; they add up exactly.
public struct Latencies: Sendable {
  private var all = [Latency](repeating: Latency(), count: LatencyPhase.allCases.count)

  /// Creates histograms of nothing.
  public init() {}

  /// What was measured for `phase`.
  public subscript(phase: LatencyPhase) -> Latency { all[phase.index] }

  /// Notes one length of time, in nanoseconds.
  public mutating func record(_ phase: LatencyPhase, nanoseconds: UInt64) {
    all[phase.index].record(microseconds: nanoseconds / 1_000)
  }

  /// Adds what `other` has measured.
  public mutating func add(_ other: Latencies) {
    for index in all.indices { all[index].add(other.all[index]) }
  }
}

extension LatencyPhase {
  fileprivate var index: Int {
    switch self {
    case .dns: 0
    case .tcp: 1
    case .tls: 2
    case .mqtt: 3
    case .subscribe: 4
    case .connect: 5
    case .publish: 6
    case .reconnectDelay: 7
    case .generatorLate: 8
    }
  }
}
