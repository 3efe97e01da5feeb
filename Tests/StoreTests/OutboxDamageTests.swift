import FlashTestSupport
import Jitter
import Platform
import Store
import Testing

/// Flash that does not keep what is written to it.
@Suite struct OutboxDamageTests {
  @Test func flippedBitsCostNoMoreThanTheMessagesTheyAreIn() throws {
    for seed in 0..<80 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var bench = OutboxBench(unit: 8, blockCount: 4, seed: seed)
      var outbox = Outbox(blocks: bench.blocks)
      try outbox.recover(on: &bench.flash)
      try bench.work(&outbox, steps: 60)
      while bench.expected.count < 4 { try bench.append(&outbox) }
      let place = Int.random(in: 0..<bench.flash.cells.count, using: &random)
      bench.flash.cells[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      outbox = Outbox(blocks: bench.blocks)
      try outbox.recover(on: &bench.flash)
      let found = try bench.contents(of: &outbox).map(\.sequence)
      let expected = bench.expected.map(\.sequence)
      // A flipped bit in a block's header costs the block; elsewhere one message, or it settles
      // one, or a settled one is back.
      if place % 512 >= 16 {
        let missing = expected.filter { !found.contains($0) }
        #expect(missing.count <= 1, "seed \(seed)")
      }
      #expect(found == found.sorted(), "seed \(seed)")
      for _ in 0..<20 where outbox.hasRoom(for: 100, in: bench.flash.flashGeometry) {
        try bench.append(&outbox)
      }
    }
  }

  @Test func placesThatKeepNothingAreLeftOut() throws {
    for seed in 0..<40 as Range<UInt64> {
      var bench = OutboxBench(unit: 8, blockSize: 1_024, blockCount: 4, seed: seed)
      var random = SplitMix64(seed: seed)
      for _ in 0..<6 {
        // No block's header, since that costs the block.
        let unit = Int.random(in: 0..<512, using: &random)
        if unit % 128 >= 2 { bench.flash.deadUnits.insert(unit) }
      }
      var outbox = Outbox(blocks: bench.blocks)
      try outbox.recover(on: &bench.flash)
      for round in 0..<10 {
        do throws(OutboxFailure) { try bench.work(&outbox, steps: 50) } catch {
          #expect(error == .full, "seed \(seed)")
          bench.offered = nil
        }
        outbox = Outbox(blocks: bench.blocks)
        try outbox.recover(on: &bench.flash)
        // A mark that does not stay leaves its message alive: it is delivered again.
        let found = try bench.contents(of: &outbox)
        let missing = bench.expected.filter { !found.contains($0) }
        #expect(missing == [], "seed \(seed), round \(round)")
        bench.expected = found
      }
    }
  }

  @Test func aRegionThatKeepsNothingIsWorn() throws {
    var flash = CuttableFlash(blockSize: 512, blockCount: 3)
    flash.deadUnits = Set(0..<192)
    var outbox = Outbox(blocks: 0..<3)
    try outbox.recover(on: &flash)
    let content: [UInt8] = [1]
    #expect(throws: OutboxFailure.worn) {
      try outbox.append(content.span, Span(), priority: .low, on: &flash)
    }
  }

  @Test func recoveryEndsOnAnything() throws {
    for seed in 0..<80 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var flash = CuttableFlash(unit: 4, blockSize: 512, blockCount: 3, seed: seed)
      for index in flash.cells.indices {
        flash.cells[index] = .random(in: 0...255, using: &random)
      }
      var outbox = Outbox(blocks: 0..<3)
      try outbox.recover(on: &flash)
      #expect(outbox.count == 0)
      let content: [UInt8] = [1, 2, 3]
      _ = try outbox.append(content.span, Span(), priority: .low, on: &flash)
      #expect(outbox.count == 1)
    }
  }
}
