import Jitter
import Testing

/// Inversion and reduction modulo n, and that other moduli go to the TLS library.
@Suite struct ModularTests {
  private func expectSame(
    _ function: (Party) -> (error: Int32, number: [UInt8]), _ text: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = function(.library)
    let result = function(.seam)
    #expect(result == expected, "\(text)", sourceLocation: sourceLocation)
  }

  @Test func invertsModuloTheOrder() {
    var generator = SplitMix64(seed: 11)
    let random = (0..<300).map { _ in Number.random(below: .order, using: &generator) }
    for value in edgeScalars + random where value != Number(0) {
      expectSame({ $0.invert(value.bytes, modulo: Number.order.bytes) }, "1 / \(value)")
    }
  }

  @Test func leavesOtherInversionsToTheLibrary() {
    let order = Number.order.bytes
    #expect(Party.seam.invert(Number(0).bytes, modulo: order).error != 0)
    expectSame({ $0.invert(Number(0).bytes, modulo: order) }, "zero")
    expectSame({ $0.invert(order, modulo: order) }, "the order itself")
    expectSame({ $0.invert((.order + Number(5)).bytes, modulo: order) }, "above the order")
    expectSame({ $0.invert([7], modulo: order, isNegative: true) }, "negative")
    expectSame({ $0.invert([7], modulo: Number.prime.bytes) }, "the prime")
    expectSame({ $0.invert([3], modulo: [11]) }, "a small modulus")
    expectSame({ $0.invert([7], modulo: order + [1]) }, "a longer modulus")
    expectSame({ $0.invert([7] + order, modulo: order) }, "a longer number")
  }

  @Test func reducesNumbersOfAnyLength() {
    var generator = SplitMix64(seed: 12)
    for count in 0...200 {
      let random = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let full = [UInt8](repeating: 0xFF, count: count)
      // What is written has room for 48 bytes, far more than the order needs.
      expectSame({ $0.reduce(random, modulo: Number.order.bytes) }, "\(count) random bytes")
      expectSame({ $0.reduce(full, modulo: Number.order.bytes) }, "\(count) bytes of ones")
    }
  }

  @Test func reducesWhatLiesAroundTheOrder() {
    let order = Number.order.bytes
    for delta in 0..<5 {
      for value in [.order - Number(delta), .order + Number(delta)] {
        expectSame({ $0.reduce(value.bytes, modulo: order) }, "\(value)")
        expectSame({ $0.reduce([0] + value.bytes, modulo: order) }, "256 * \(value)")
        expectSame({ $0.reduce(value.bytes + value.bytes, modulo: order) }, "twice \(value)")
      }
    }
  }

  @Test func leavesOtherReductionsToTheLibrary() {
    expectSame(
      { $0.reduce([7], modulo: Number.order.bytes, isNegative: true) }, "a negative number")
    expectSame({ $0.reduce(Number.order.bytes, modulo: Number.prime.bytes) }, "the prime")
    expectSame({ $0.reduce(Number.order.bytes, modulo: [97]) }, "a small modulus")
    expectSame({ $0.reduce(Number.order.bytes, modulo: [0]) }, "zero")
    expectSame({ $0.reduce(Number.order.bytes + [5], modulo: Number.order.bytes + [1]) }, "more")
  }

  @Test func reducesProductsModuloThePrime() {
    var generator = SplitMix64(seed: 13)
    let prime = Number.prime.bytes
    let below = (Number.prime - Number(1)).bytes
    var values = [[], [1], prime, below, prime + prime, below + below, [0] + prime]
    for count in 0...64 {
      values.append([UInt8](repeating: 0xFF, count: count))
      values.append([UInt8](repeating: 0, count: max(count - 1, 0)) + [1])
      for _ in 0..<20 {
        values.append((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
      }
    }
    for value in values { expectSame({ $0.reduceModuloPrime(value) }, "\(value)") }
    // Whoever multiplies two elements never has these.
    #expect(Party.seam.reduceModuloPrime([7], isNegative: true).error != 0)
    #expect(Party.seam.reduceModuloPrime([UInt8](repeating: 1, count: 65)).error != 0)
  }
}
