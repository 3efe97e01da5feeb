package import Units

extension Interval {
  /// An interval between zero and this one, all equally likely, chosen by the 64 random bits.
  ///
  /// The remainder favours short intervals by less than one part in 2^20 for any below 500 years.
  package func drawn(by random: UInt64) -> Interval {
    guard milliseconds < .max else { return Interval(milliseconds: random) }
    return Interval(milliseconds: random % (milliseconds + 1))
  }

  /// This interval doubled `times` times, but at most `cap`.
  func doubled(_ times: UInt8, upTo cap: Interval) -> Interval {
    var result = self
    for _ in 0..<times where result < cap { result = result + result }
    return min(result, cap)
  }
}
