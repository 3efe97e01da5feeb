import CP256
import Jitter
import P256TestSupport
import Testing

/// Multiplication of the base and of other points, against the TLS library's own.
@Suite struct MultiplicationTests {
  @Test func passesItsSelfTest() { #expect(p256_self_test() == 0) }

  @Test func theTableHoldsMultiplesOfTheBase() {
    for index in 0..<p256_test_table_size() {
      var factor = Number(0)
      var entry = Point()
      p256_test_table_factor(index, &factor.bytes)
      p256_test_table_entry(index, &entry.x.bytes, &entry.y.bytes)
      let expected = Party.library.multiply(factor, .generator)
      #expect(expected.error == 0 && expected.point.x == entry.x, "entry \(index)")
      #expect(expected.point.y == entry.y, "entry \(index)")
    }
  }

  @Test func theBaseTimesEdges() {
    for scalar in edgeScalars {
      let expected = Party.library.multiply(scalar, .generator)
      #expect(expected.error == 0)
      #expect(Party.seam.multiply(scalar, .generator) == expected, "\(scalar)")
    }
  }

  @Test func aPointTimesEdges() {
    var generator = SplitMix64(seed: 21)
    let factor = Number.random(below: .order, using: &generator)
    let point = Party.library.multiply(factor, .generator).point
    for scalar in edgeScalars {
      let expected = Party.library.multiply(scalar, point)
      #expect(expected.error == 0)
      #expect(Party.seam.multiply(scalar, point) == expected, "\(scalar)")
    }
  }

  @Test func randomScalarsAndPoints() {
    var generator = SplitMix64(seed: 22)
    for _ in 0..<100 {
      let factor = Number.random(below: .order, using: &generator)
      let scalar = Number.random(below: .order, using: &generator)
      guard factor != Number(0), scalar != Number(0) else { continue }
      let point = Party.library.multiply(factor, .generator)
      #expect(Party.seam.multiply(factor, .generator) == point, "\(factor)")
      let expected = Party.library.multiply(scalar, point.point)
      #expect(Party.seam.multiply(scalar, point.point) == expected, "\(scalar) * \(factor) * G")
    }
  }

  /// The base itself, given as a point like any other, and its opposite.
  @Test func theBaseByItsCoordinates() {
    let base = Party.library.multiply(Number(1), .generator).point
    for scalar in edgeScalars.prefix(60) {
      let expected = Party.library.multiply(scalar, .generator)
      #expect(Party.seam.multiply(scalar, base) == expected, "\(scalar)")
      let opposite = Party.library.multiply(.order - scalar, .generator)
      #expect(Party.seam.multiply(scalar, base.opposite) == opposite, "\(scalar)")
    }
  }

  @Test(arguments: [P256_RANDOM_COUNTER, P256_RANDOM_NONE].map { Int32($0) })
  func blindingDoesNotShow(random: Int32) {
    let scalar = Number(word: 0x1234_5677)
    let point = Party.library.multiply(scalar, .generator)
    #expect(Party.seam.multiply(scalar.bytes, .generator, random: random) == point)
    #expect(
      Party.seam.multiply(scalar.bytes, point.point, random: random)
        == Party.library.multiply(scalar, point.point))
  }

  @Test func aGeneratorThatFails() {
    let fails = Int32(P256_RANDOM_FAILS)
    let zero = Int32(P256_RANDOM_ZERO)
    for point in [Point.generator, Party.library.multiply(Number(5), .generator).point] {
      let scalar = Number(9).bytes
      #expect(
        Party.seam.multiply(scalar, point, random: fails).error
          == Int32(P256_RANDOM_ERROR))
      #expect(Party.seam.multiply(scalar, point, random: zero).error != 0)
    }
  }
}
