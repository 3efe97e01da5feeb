import Bytes
public import Platform

extension Conformance {
  /// Checks that a sensor measures twice; a failure to measure fails.
  public static func checkSensor<
    Target: Sensor & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ reporter: inout Reporter) {
    do {
      _ = try platform.measure()
      _ = try platform.measure()
      reporter.report("sensor: measures", .passed)
    } catch {
      reporter.report("sensor: measures", .failed)
    }
  }

  /// Checks that a meter takes every state, also twice in a row; it ends in `active`.
  public static func checkPowerStateMeter<
    Target: PowerStateMeter & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ reporter: inout Reporter) {
    platform.enter(.sleep)
    platform.enter(.sensor)
    platform.enter(.flash)
    platform.enter(.handshake)
    platform.enter(.sign)
    platform.enter(.active)
    platform.enter(.active)
    reporter.report("meter: takes every state", .passed)
  }

  /// Checks that a watchdog can be fed in quick succession.
  public static func checkWatchdog<
    Target: Watchdog & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ reporter: inout Reporter) {
    for _ in 0..<3 { platform.feedWatchdog() }
    reporter.report("watchdog: can be fed", .passed)
  }

  /// Checks that a console takes a line in two pieces, and nothing.
  public static func checkConsole<
    Target: Console & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ reporter: inout Reporter) {
    let line: StaticString = "Conformance: a line on the console.\n"
    platform.print(line.bytes.extracting(first: 12))
    platform.print(line.bytes.extracting(droppingFirst: 12))
    platform.print(Span())
    reporter.report("console: takes text", .passed)
  }
}
