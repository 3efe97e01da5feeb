import ArgumentParser

/// A range of seeds on the command line, such as `1..10000`, both ends included.
struct SeedsArgument: ExpressibleByArgument {
  /// The seeds that one run may have.
  static let countMaximum: UInt64 = 100_000_000

  let seeds: ClosedRange<UInt64>

  init?(argument: String) {
    guard let dots = argument.firstRange(of: ".."),
      let first = UInt64(argument[..<dots.lowerBound]),
      let last = UInt64(argument[dots.upperBound...]), first <= last,
      last - first < Self.countMaximum
    else { return nil }
    seeds = first...last
  }
}
