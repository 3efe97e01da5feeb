import Jitter
import P256TestSupport
import Testing

/// The field's functions, against integers modulo p of the TLS library.
@Suite struct FieldTests {
  private static let edges: [Number] =
    [
      Number(0), Number(1), Number(2), .prime - Number(1), .prime - Number(2),
      .power(ofTwo: 255), .power(ofTwo: 224) - Number(1), .power(ofTwo: 128) - Number(1),
      .power(ofTwo: 96), .power(ofTwo: 96) - Number(1), .prime - .power(ofTwo: 96),
      .power(ofTwo: 192), Number(word: 0x8000_0000), Number(word: 0x7FFF_FFFF),
      Number(hex: "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"),
      Number(hex: "FFFFFFFF00000000FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"),
      Number(hex: "00000000FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"),
      Number(hex: "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFF00000000"),
      Number(hex: "7FFFFFFF80000000800000000000000000000000800000000000000000000000"),
    ]

  private static let operations = [
    P256_FIELD_MULTIPLY, P256_FIELD_SQUARE, P256_FIELD_ADD, P256_FIELD_SUBTRACT, P256_FIELD_HALF,
    P256_FIELD_INVERT, P256_FIELD_TO, P256_FIELD_FROM,
  ].map { Int32($0) }

  private func check(_ operation: Int32, _ a: Number, _ b: Number) {
    let expected = Party.library.field(operation, a, b)
    let result = Party.seam.field(operation, a, b)
    #expect(result == expected, "operation \(operation) of \(a) and \(b)")
  }

  @Test func knowsAllOperations() {
    #expect(Self.operations == (0..<Int32(P256_FIELD_OPERATIONS)).map { $0 })
    #expect(Self.edges.allSatisfy { $0 < .prime })
  }

  @Test(arguments: operations) func edgesWithEdges(operation: Int32) {
    for a in Self.edges {
      for b in Self.edges { check(operation, a, b) }
    }
  }

  @Test(arguments: operations) func randomElements(operation: Int32) {
    var generator = SplitMix64(seed: 0x9256 + UInt64(operation))
    for _ in 0..<300 {
      check(
        operation, .random(below: .prime, using: &generator),
        .random(below: .prime, using: &generator))
    }
  }

  @Test func selectsEveryEntry() {
    var generator = SplitMix64(seed: 3)
    let entryBytes = 96
    for count in [1, 2, 8, 16] {
      let table = (0..<count * entryBytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
      for index in 0..<count {
        var entry = [UInt8](repeating: 0, count: entryBytes)
        p256_test_select(table, count, index, &entry)
        #expect(entry == Array(table[index * entryBytes..<(index + 1) * entryBytes]))
      }
    }
  }
}
