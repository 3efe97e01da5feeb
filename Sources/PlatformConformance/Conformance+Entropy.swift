public import Platform

extension Conformance {
  /// Checks a source of entropy, of which it takes 512 bytes; it cannot tell good from seeming good.
  public static func checkEntropySource<
    Target: EntropySource & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ reporter: inout Reporter) {
    var draws = [8 of [64 of UInt8]](repeating: [64 of UInt8](repeating: 0))
    var isGiven = true
    for index in draws.indices {
      // Zeros and ones in turn: a byte that is never written shows the one, then the other.
      draws[index] = [64 of UInt8](repeating: before(draw: index))
      if !fill(&draws[index], from: &platform) { isGiven = false }
    }
    reporter.report("entropy: is given", holds: isGiven)
    guard isGiven else {
      reporter.report("entropy: fills the whole space", .skipped)
      reporter.report("entropy: is not constant", .skipped)
      reporter.report("entropy: does not repeat itself", .skipped)
      reporter.report("entropy: has as many ones as zeros, roughly", .skipped)
      return reporter.report("entropy: fills a space of any size", .skipped)
    }
    reporter.report("entropy: fills the whole space", holds: areFilled(draws))
    reporter.report("entropy: is not constant", holds: vary(draws))
    reporter.report("entropy: does not repeat itself", holds: areDifferent(draws))
    reporter.report("entropy: has as many ones as zeros, roughly", holds: areBalanced(draws))
    reporter.report("entropy: fills a space of any size", holds: fillsAnySize(&platform))
  }

  private static func before(draw index: Int) -> UInt8 { index % 2 == 0 ? 0x00 : 0xFF }

  private static func fill<Target: EntropySource & ~Copyable, let count: Int>(
    _ bytes: inout [count of UInt8], from platform: inout Target
  ) -> Bool {
    var space = bytes.mutableSpan
    do {
      try platform.fillEntropy(&space)
      return true
    } catch {
      return false
    }
  }

  /// True if each position has changed in some draw; by chance it fails once in 2^58 runs.
  private static func areFilled(_ draws: [8 of [64 of UInt8]]) -> Bool {
    for position in 0..<64 {
      var isWritten = false
      for index in draws.indices where draws[index][position] != before(draw: index) {
        isWritten = true
      }
      if !isWritten { return false }
    }
    return true
  }

  private static func vary(_ draws: [8 of [64 of UInt8]]) -> Bool {
    for index in draws.indices {
      var isConstant = true
      for position in 1..<64 where draws[index][position] != draws[index][0] { isConstant = false }
      if isConstant { return false }
    }
    return true
  }

  /// True if no stretch of 16 aligned bytes comes twice.
  private static func areDifferent(_ draws: [8 of [64 of UInt8]]) -> Bool {
    for second in 1..<32 {
      for first in 0..<second where isSame(draws, first, second) { return false }
    }
    return true
  }

  private static func isSame(_ draws: [8 of [64 of UInt8]], _ first: Int, _ second: Int) -> Bool {
    for offset in 0..<16 {
      let left = draws[first / 4][first % 4 * 16 + offset]
      let right = draws[second / 4][second % 4 * 16 + offset]
      if left != right { return false }
    }
    return true
  }

  /// True if the 4096 bits hold 2048 ones, give or take ten standard deviations of 32.
  private static func areBalanced(_ draws: [8 of [64 of UInt8]]) -> Bool {
    var ones = 0
    for index in draws.indices {
      for position in 0..<64 { ones += draws[index][position].nonzeroBitCount }
    }
    return ones > 2_048 - 320 && ones < 2_048 + 320
  }

  private static func fillsAnySize<Target: EntropySource & ~Copyable>(
    _ platform: inout Target
  ) -> Bool {
    var one = [1 of UInt8](repeating: 0)
    var many = [100 of UInt8](repeating: 0)
    guard fill(&one, from: &platform), fill(&many, from: &platform) else { return false }
    // By chance the last eight bytes are all zero once in 2^64 runs.
    for index in 92..<100 where many[index] != 0 { return true }
    return false
  }
}
