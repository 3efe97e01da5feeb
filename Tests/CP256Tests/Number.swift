import Jitter
import P256TestSupport

/// A number of 256 bits, as the functions under test take it: 32 bytes, least significant first.
struct Number: Hashable, CustomStringConvertible {
  static let byteCount = P256_TEST_BYTES

  var bytes: [UInt8]

  init(bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount)
    self.bytes = bytes
  }

  init(_ value: Int) {
    bytes = (0..<Self.byteCount).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }

  /// Takes hexadecimal digits, most significant first.
  init(hex: String) {
    let digits = hex.compactMap { $0.hexDigitValue.map(UInt8.init) }
    precondition(digits.count == 2 * Self.byteCount)
    bytes = stride(from: digits.count - 2, through: 0, by: -2).map {
      digits[$0] << 4 | digits[$0 + 1]
    }
  }

  /// Repeats a word of 32 bits.
  init(word: UInt32) {
    bytes = (0..<Self.byteCount).map { UInt8(truncatingIfNeeded: word >> (8 * ($0 % 4))) }
  }

  /// The order of the base point, and the prime of the field (FIPS 186-4, D.1.2.3).
  static let order = Number(
    hex: "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")
  static let prime = Number(
    hex: "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF")

  static func power(ofTwo exponent: Int) -> Number {
    var number = Number(0)
    number.bytes[exponent / 8] = 1 << (exponent % 8)
    return number
  }

  /// The sum, without what goes beyond 256 bits.
  static func + (a: Number, b: Number) -> Number {
    var carry = 0
    return Number(
      bytes: zip(a.bytes, b.bytes).map {
        carry += Int($0) + Int($1)
        defer { carry >>= 8 }
        return UInt8(carry & 0xFF)
      })
  }

  static func - (a: Number, b: Number) -> Number {
    a + Number(bytes: b.bytes.map { ~$0 }) + Number(1)
  }

  static func < (a: Number, b: Number) -> Bool {
    a.bytes.reversed().lexicographicallyPrecedes(b.bytes.reversed())
  }

  /// Random below `bound`; half of the numbers have many bytes of zeros or ones, as runs.
  static func random(below bound: Number, using generator: inout SplitMix64) -> Number {
    while true {
      var number = Number(0)
      let hasRuns = Bool.random(using: &generator)
      for word in 0..<8 {
        let kind = hasRuns ? Int.random(in: 0..<4, using: &generator) : 3
        let value: UInt32 =
          kind == 0 ? 0 : kind == 1 ? .max : .random(in: 0 ... .max, using: &generator)
        for byte in 0..<4 {
          number.bytes[4 * word + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte))
        }
      }
      if number < bound { return number }
    }
  }

  var description: String {
    bytes.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// Scalars at which a multiplication could go wrong: the ends of the range, single bits, runs, and
/// the places where a window or a comb's tooth begins.
let edgeScalars: [Number] = {
  var scalars: [Number] = (1...40).map { Number($0) } + (1...40).map { .order - Number($0) }
  for exponent in [1, 4, 5, 25, 26, 27, 51, 52, 53, 103, 104, 127, 128, 207, 208, 223, 224, 255] {
    scalars += [.power(ofTwo: exponent), .power(ofTwo: exponent) - Number(1)]
    scalars += [.order - .power(ofTwo: exponent), .power(ofTwo: exponent) + Number(1)]
  }
  for word: UInt32 in [0x5555_5555, 0xAAAA_AAAA, 0xFFFF, 0xFFFF_0000, 0xF0F0_F0F0, 0x0842_1084] {
    scalars.append(Number(word: word))
  }
  let half = Number(hex: "7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8")
  scalars += [half, half + Number(1)]
  return scalars.filter { $0 < .order && $0 != Number(0) }
}()
