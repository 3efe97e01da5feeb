import PlatformConformance

/// Keeps what it is told.
struct CollectingReporter: ConformanceReporter {
  private(set) var verdicts: [String: Verdict] = [:]
  private(set) var names: [String] = []

  mutating func report(_ name: StaticString, _ verdict: Verdict) {
    names.append(name.description)
    verdicts[name.description] = verdict
  }

  /// The checks that ended with `verdict`, in order.
  func names(_ verdict: Verdict) -> [String] { names.filter { verdicts[$0] == verdict } }
}
