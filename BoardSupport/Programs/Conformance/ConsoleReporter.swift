import Board
import BoardPlatform
import PlatformConformance

/// Prints each verdict on the console, and counts.
struct ConsoleReporter: ConformanceReporter {
  private(set) var passed = 0
  private(set) var failed = 0
  private(set) var skipped = 0

  mutating func report(_ name: StaticString, _ verdict: Verdict) {
    switch verdict {
    case .passed:
      passed += 1
      BoardConsole.write("passed   ")
    case .failed:
      failed += 1
      BoardConsole.write("FAILED   ")
    case .skipped:
      skipped += 1
      BoardConsole.write("skipped  ")
    }
    BoardConsole.write(name)
    BoardConsole.write("\n")
  }
}
