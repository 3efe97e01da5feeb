import Cryptography
import MbedTLSAdapter
import MbedTLSTestSupport
import Testing

@Suite struct RandomTests {
  @Test func refusesToDrawBeforeItIsSeeded() throws {
    let client = try Client(seeded: false)
    #expect(!client.isSeeded)
    #expect(throws: RandomFailure.notSeeded) { try client.draw(1) }
    #expect(throws: RandomFailure.notSeeded) {
      try client.seed([UInt8](repeating: 1, count: 47))
    }
    #expect(throws: RandomFailure.notSeeded) { try client.seed([UInt8]()) }
    #expect(!client.isSeeded)
    try client.seed([UInt8](repeating: 1, count: 48))
    #expect(client.isSeeded)
  }

  @Test func sameSeedSameNumbers() throws {
    let first = try Client().draw(3_000)
    let second = try Client().draw(3_000)
    #expect(first == second)
    #expect(Set(first).count == 256)
  }

  /// Every byte of the seed counts, also those behind what the generator takes at a time.
  @Test(arguments: [48, 49, 256, 257, 600])
  func everyByteOfTheSeedCounts(count: Int) throws {
    var drawn: Set<[UInt8]> = []
    for changed in 0...count {
      let client = try Client(seeded: false)
      var seed = [UInt8](repeating: 7, count: count)
      if changed < count { seed[changed] = 8 }
      try client.seed(seed)
      drawn.insert(try client.draw(16))
    }
    #expect(drawn.count == count + 1)
  }

  @Test func seedingAgainMixes() throws {
    let client = try Client()
    let other = try Client()
    #expect(throws: RandomFailure.notSeeded) {
      try client.seed([UInt8](repeating: 1, count: 31))
    }
    try client.seed([UInt8](repeating: 1, count: 32))
    try other.seed([UInt8](repeating: 2, count: 32))
    let drawn = try client.draw(32)
    #expect(drawn != (try other.draw(32)))
    #expect(drawn != (try Client().draw(32)))
  }

  @Test func drawsNothingAndMuch() throws {
    let client = try Client()
    #expect(try client.draw(0) == [])
    #expect(try client.draw(100_000).suffix(1_000).contains { $0 != 0 })
    let first = try client.backend.random64()
    let second = try client.backend.random64()
    #expect(first != second)
  }
}
