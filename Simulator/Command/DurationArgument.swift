import ArgumentParser
import DataFiles
import Units

/// A length of time on the command line: a number with its unit, such as `500ms`, `20s` or `1.5h`.
struct DurationArgument: ExpressibleByArgument, CustomStringConvertible {
  let interval: Interval

  init(seconds: UInt64) { interval = Interval(seconds: seconds) }

  init(milliseconds: UInt64) { interval = Interval(milliseconds: milliseconds) }

  init?(argument: String) {
    guard let interval = Interval(text: argument) else { return nil }
    self.interval = interval
  }

  var description: String { interval.text }

  var defaultValueDescription: String { description }
}
