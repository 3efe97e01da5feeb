import Bytes
public import Platform

extension Conformance {
  /// Checks a source of entropy, of which it takes 613 bytes; it cannot tell good from seeming
  /// good.
  public static func checkEntropySource<
    Target: EntropySource & ~Copyable, Reporter: ConformanceReporter & ~Copyable
  >(_ platform: inout Target, _ reporter: inout Reporter) {
    var draws = EntropyDraws()
    let isGiven = draw(&draws, from: &platform)
    reporter.report("entropy: is given", holds: isGiven)
    guard isGiven else {
      reporter.report("entropy: fills the whole space", .skipped)
      reporter.report("entropy: is not constant", .skipped)
      reporter.report("entropy: does not repeat itself", .skipped)
      reporter.report("entropy: has as many ones as zeros, roughly", .skipped)
      return reporter.report("entropy: fills a space of any size", .skipped)
    }
    reporter.report("entropy: fills the whole space", holds: areFilled(draws.span))
    reporter.report("entropy: is not constant", holds: vary(draws.span))
    reporter.report("entropy: does not repeat itself", holds: areDifferent(draws.span))
    reporter.report("entropy: has as many ones as zeros, roughly", holds: areBalanced(draws.span))
    reporter.report("entropy: fills a space of any size", holds: fillsAnySize(&platform))
  }

  private static func draw<Target: EntropySource & ~Copyable>(
    _ draws: inout EntropyDraws, from platform: inout Target
  ) -> Bool {
    for index in 0..<8 {
      // Zeros and ones in turn: a byte that is never written shows the one, then the other.
      var bytes = [64 of UInt8](repeating: before(draw: index))
      guard fill(&bytes, from: &platform) else { return false }
      do { try draws.append(bytes.span) } catch { return false }
    }
    return true
  }

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

  private static func before(draw index: Int) -> UInt8 { index % 2 == 0 ? 0x00 : 0xFF }

  /// True if each position has changed in some draw; by chance it fails once in 2^58 runs.
  private static func areFilled(_ draws: Span<UInt8>) -> Bool {
    for position in 0..<64 {
      var isWritten = false
      for index in 0..<8 where draws[index * 64 + position] != before(draw: index) {
        isWritten = true
      }
      if !isWritten { return false }
    }
    return true
  }

  /// True if no draw is one byte over and over.
  private static func vary(_ draws: Span<UInt8>) -> Bool {
    for index in 0..<8 {
      let draw = draws.extracting(index * 64..<index * 64 + 64)
      var isConstant = true
      for position in 1..<64 where draw[position] != draw[0] { isConstant = false }
      if isConstant { return false }
    }
    return true
  }

  /// True if no stretch of 16 aligned bytes comes twice.
  private static func areDifferent(_ draws: Span<UInt8>) -> Bool {
    for second in 1..<32 {
      let stretch = draws.extracting(second * 16..<second * 16 + 16)
      for first in 0..<second
      where stretch.isEqual(to: draws.extracting(first * 16..<first * 16 + 16)) {
        return false
      }
    }
    return true
  }

  /// True if the 4096 bits hold 2048 ones, give or take ten standard deviations of 32.
  private static func areBalanced(_ draws: Span<UInt8>) -> Bool {
    var ones = 0
    for index in draws.indices { ones += draws[index].nonzeroBitCount }
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
