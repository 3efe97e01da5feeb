import ArgumentParser
import Units

/// A length of time on the command line: a number with its unit, such as `500ms`, `20s` or `1.5h`.
struct DurationArgument: ExpressibleByArgument, CustomStringConvertible {
  let interval: Interval

  init(seconds: UInt64) { interval = Interval(seconds: seconds) }

  init(milliseconds: UInt64) { interval = Interval(milliseconds: milliseconds) }

  init?(argument: String) {
    let units: [(suffix: String, milliseconds: Double)] = [
      ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
      ("y", 31_557_600_000),
    ]
    // "ms" comes first, or else it would be taken for seconds with a strange number.
    guard let unit = units.first(where: { argument.hasSuffix($0.suffix) }),
      let number = Double(argument.dropLast(unit.suffix.count)), number >= 0,
      number * unit.milliseconds < 1e15
    else { return nil }
    interval = Interval(milliseconds: UInt64((number * unit.milliseconds).rounded()))
  }

  var description: String {
    let milliseconds = interval.milliseconds
    for (size, suffix) in [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s")]
    where milliseconds >= size && milliseconds % UInt64(size) == 0 {
      return "\(milliseconds / UInt64(size))\(suffix)"
    }
    return "\(milliseconds)ms"
  }

  var defaultValueDescription: String { description }
}
