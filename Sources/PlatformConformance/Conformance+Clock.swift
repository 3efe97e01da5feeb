public import Platform
import Units

extension Conformance {
  /// Checks a clock; it takes a few of the clock's steps.
  public static func checkMonotonicClock<
    Target: MonotonicClock & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ reporter: inout Reporter) {
    reporter.report("clock: never goes back", holds: neverGoesBack(&platform))
    var shortest = Interval(milliseconds: .max)
    for _ in 0..<Limits.clockSteps {
      guard let step = nextStep(&platform) else {
        reporter.report("clock: moves", .failed)
        return reporter.report("clock: steps are 20 ms at most", .skipped)
      }
      shortest = min(shortest, step)
    }
    reporter.report("clock: moves", .passed)
    reporter.report("clock: steps are 20 ms at most", holds: shortest <= Limits.clockStep)
  }

  private static func neverGoesBack<Target: MonotonicClock & ~Copyable>(
    _ platform: inout Target
  ) -> Bool {
    var latest = platform.now()
    for _ in 0..<Limits.clockReadings {
      let now = platform.now()
      if now < latest { return false }
      latest = now
    }
    return true
  }

  /// How far the clock jumps when it next moves; nil if it stands still.
  private static func nextStep<Target: MonotonicClock & ~Copyable>(
    _ platform: inout Target
  ) -> Interval? {
    let start = platform.now()
    for _ in 0..<Limits.stalledReadings {
      let now = platform.now()
      if now > start { return now.since(start) }
    }
    return nil
  }
}
