import ArgumentParser

/// A number of events a second on the command line, such as `200/s` or `0.5/s`.
struct RateArgument: ExpressibleByArgument, CustomStringConvertible {
  let perSecond: Double
  let description: String

  init?(argument: String) {
    guard argument.hasSuffix("/s"), let number = Double(argument.dropLast(2)),
      number >= 0.001, number <= 1_000_000
    else { return nil }
    perSecond = number
    description = argument
  }
}
