import PlatformConformance
import Testing

/// Turns what the kit finds into the results of a test.
struct ReportingReporter: ConformanceReporter {
  private(set) var passed: [String] = []
  private(set) var skipped: [String] = []

  mutating func report(_ name: StaticString, _ verdict: Verdict) {
    switch verdict {
    case .passed: passed.append(name.description)
    case .skipped: skipped.append(name.description)
    case .failed: Issue.record("\(name)")
    }
  }
}
