import Bytes
import Cryptography
import FlashTestSupport
import Jitter
import MbedTLSAdapter
import Platform
import Store
import Testing

@Suite struct SeededEntropyTests {
  private static let seed = (1...32).map { UInt8($0) }

  private func provisioned(_ seed: [UInt8] = seed) throws -> CuttableFlash {
    var flash = CuttableFlash()
    var record = LatestRecord<64>(blocks: 0..<2)
    try record.read(from: &flash)
    try record.write(seed.span, on: &flash)
    return flash
  }

  /// Starts a board; its first 48 bytes of entropy.
  private func start(_ flash: inout CuttableFlash, extra: [UInt8] = []) throws -> [UInt8] {
    var entropy = SeededEntropy()
    var record = LatestRecord<64>(blocks: 0..<2)
    var hash = MbedTLSHash()
    try entropy.start(from: &record, on: &flash, mixing: extra.span, hash: &hash)
    var bytes = [UInt8](repeating: 0, count: 48)
    var space = bytes.mutableSpan
    try entropy.fill(&space, hash: &hash)
    return bytes
  }

  /// Put together here once more, from an HMAC that is tested against published vectors.
  @Test func theDerivationIsAsDocumented() throws {
    var flash = try provisioned()
    var hash = MbedTLSHash()
    let seed = Self.seed
    let key = try hash.hmacSHA256(Array("swiftlet boot key".utf8).span, key: seed.span)
    let first = try hash.hmacSHA256([UInt8](repeating: 0, count: 8).span, key: key.span)
    let second = try hash.hmacSHA256(([1] + [UInt8](repeating: 0, count: 7)).span, key: key.span)
    let expected = (0..<32).map { first[$0] } + (0..<16).map { second[$0] }
    #expect(try start(&flash) == expected)
    let next = try hash.hmacSHA256(Array("swiftlet next seed".utf8).span, key: seed.span)
    var record = LatestRecord<64>(blocks: 0..<2)
    try record.read(from: &flash)
    #expect((0..<32).allSatisfy { record.value[$0] == next[$0] })
  }

  @Test func theHardwareCanAddSomething() throws {
    var (first, second) = (try provisioned(), try provisioned())
    #expect(try start(&first, extra: [1]) != start(&second, extra: [2]))
    #expect(try start(&first) != start(&second), "the next seed differs too")
  }

  @Test func refusesToStartWithoutASeed() throws {
    var empty = CuttableFlash()
    #expect(throws: SeedFailure.missing) { try start(&empty) }
    for seed in [[], [1], [UInt8](repeating: 0, count: 32), [UInt8](repeating: 0xFF, count: 32)] {
      var flash = try provisioned(seed)
      #expect(throws: seed.isEmpty ? SeedFailure.missing : .malformed) { try start(&flash) }
    }
  }

  @Test func refusesToStartWhereTheSeedCannotBeReplaced() throws {
    var flash = try provisioned()
    flash.deadUnits = Set(8..<64)
    #expect(throws: SeedFailure.notReplaced(.worn)) { try start(&flash) }
  }

  /// The power is cut at every step of every start: no start ever has the entropy of another.
  @Test(arguments: 1...30) func neverRepeatsItself(seed: UInt64) throws {
    var flash = try provisioned()
    var random = SplitMix64(seed: seed)
    var seen: Set<[UInt8]> = []
    var starts = 0
    for _ in 0..<80 {
      flash.stepsLeft = random.next() % 2 == 0 ? nil : Int(random.next() % 10)
      do {
        let entropy = try start(&flash)
        starts += 1
        #expect(seen.insert(entropy).inserted, "seed \(seed)")
      } catch let failure as SeedFailure {
        #expect(failure == .notReplaced(.flash(.hardware)))
      }
      flash.restart()
    }
    #expect(starts > 20)
  }
}
