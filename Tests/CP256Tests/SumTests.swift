import Jitter
import Testing

/// m * G + n * Q, where the special cases of addition can be met at will.
@Suite struct SumTests {
  private func check(_ m: Number, _ n: Number, _ point: Point) {
    let expected = Party.library.multiplyAdd(m, .generator, n, point)
    #expect(expected.error == 0)
    #expect(Party.seam.multiplyAdd(m, .generator, n, point) == expected, "\(m), \(n)")
    #expect(Party.seam.multiplyAdd(n, point, m, .generator) == expected, "\(n), \(m)")
  }

  private static func multiple(_ factor: Number) -> Point {
    Party.library.multiply(factor, .generator).point
  }

  /// Small multiples of the base meet equal, opposite and infinite points on the way.
  @Test func smallScalarsAndPoints() {
    for factor in [1, 2, 3, 7] {
      let point = Self.multiple(Number(factor))
      for m in 0...8 {
        for n in 0...8 {
          check(Number(m), Number(n), point)
          if m > 0 { check(.order - Number(m), Number(n), point) }
        }
      }
    }
  }

  @Test func sumsAtInfinity() {
    var generator = SplitMix64(seed: 31)
    for _ in 0..<10 {
      let factor = Number.random(below: .order, using: &generator)
      guard factor != Number(0) else { continue }
      let point = Self.multiple(factor)
      #expect(
        Party.seam.multiplyAdd(.order - factor, .generator, Number(1), point).isInfinity)
      #expect(
        Party.seam.multiplyAdd(factor, .generator, .order - Number(1), point).isInfinity)
      #expect(Party.seam.multiplyAdd(factor, .generator, Number(1), point.opposite).isInfinity)
      check(factor, Number(1), point)
      check(.order - factor, Number(2), point)
    }
    #expect(Party.seam.multiplyAdd(Number(0), .generator, Number(0), .generator).isInfinity)
  }

  /// Sums that meet an entry of the comb's table, or its opposite, as the next thing to add.
  @Test func entriesOfTheTable() {
    let one = Number(1)
    for exponent in [0, 26, 52, 78, 104, 156, 208, 234] {
      let power = Number.power(ofTwo: exponent)
      for point in [Self.multiple(power), Self.multiple(.order - power)] {
        for m in [power, power + one, power + power, .order - power, .order - one] {
          check(m, one, point)
          check(m, .order - one, point)
          check(m, Number(2), point)
        }
      }
    }
  }

  @Test func randomScalarsAndPoints() {
    var generator = SplitMix64(seed: 32)
    for _ in 0..<60 {
      let factor = Number.random(below: .order, using: &generator)
      guard factor != Number(0) else { continue }
      check(
        .random(below: .order, using: &generator), .random(below: .order, using: &generator),
        Self.multiple(factor))
    }
  }

  @Test func edgesWithEdges() {
    let point = Self.multiple(Number(word: 0x1357_9BDF))
    for (index, m) in edgeScalars.enumerated() {
      check(m, edgeScalars[(index * 37 + 11) % edgeScalars.count], point)
    }
  }

  /// Two points other than the base, and -1 as a factor, are the library's business.
  @Test func whatTheLibraryDoes() {
    let p = Self.multiple(Number(5))
    let q = Self.multiple(Number(9))
    let expected = Party.library.multiplyAdd(Number(3), p, Number(4), q)
    #expect(expected.error == 0)
    #expect(Party.seam.multiplyAdd(Number(3), p, Number(4), q) == expected)
    let negative = Party.library.multiplyAdd(
      Number(1), .generator, Number(4), q, mIsNegative: true)
    #expect(negative.error == 0)
    #expect(
      Party.seam.multiplyAdd(Number(1), .generator, Number(4), q, mIsNegative: true) == negative)
  }
}
