import FlashTestSupport
import Jitter
import Platform
import Store
import Testing

/// Blocks that fail, and what finding the messages again may cost.
@Suite struct OutboxWearTests {
  enum Defect: CaseIterable {
    /// The flash says that it cannot be erased.
    case isStuck
    /// It does not keep its header, and nobody says so.
    case losesItsHeader
    /// It keeps nothing.
    case losesEverything
  }

  private func bench(_ defect: Defect, _ bad: Set<Int>, seed: UInt64) -> OutboxBench {
    var bench = OutboxBench(unit: 8, blockSize: 512, blockCount: 5, seed: seed)
    for block in bad {
      switch defect {
      case .isStuck: bench.flash.stuckBlocks.insert(block)
      case .losesItsHeader: bench.flash.deadUnits.insert(block * 64 + 1)
      case .losesEverything: bench.flash.deadUnits.formUnion(block * 64..<block * 64 + 64)
      }
    }
    return bench
  }

  /// An old message stays as long as it can, so that it has to be moved again and again.
  ///
  /// A spare block that turns out to be bad may hold things up, until the oldest message is
  /// settled.
  @Test(arguments: Defect.allCases)
  func blocksThatFailAreLeftOut(_ defect: Defect) throws {
    for seed in 0..<20 as Range<UInt64> {
      for bad in [[0], [3], [1, 4]] as [Set<Int>] {
        var bench = bench(defect, bad, seed: seed)
        var outbox = Outbox(blocks: bench.blocks)
        try outbox.recover(on: &bench.flash)
        try bench.append(&outbox)
        var obstacles = 0
        for _ in 0..<500 {
          do throws(OutboxFailure) {
            try bench.append(&outbox)
            try bench.settle(&outbox, at: 1)
          } catch {
            bench.offered = nil
            obstacles += 1
            while !bench.expected.isEmpty { try bench.settle(&outbox, at: 0) }
          }
        }
        #expect(obstacles <= bad.count, "\(defect), \(bad), seed \(seed)")
        let held = try bench.contents(of: &outbox)
        #expect(held == bench.expected, "\(defect), \(bad), seed \(seed)")
        outbox = Outbox(blocks: bench.blocks)
        try outbox.recover(on: &bench.flash)
        let found = try bench.contents(of: &outbox)
        #expect(found == bench.expected, "\(defect), \(bad), seed \(seed), after a start")
      }
    }
  }

  @Test func whereOneBlockIsLeftItIsWornAndKeepsWhatItHas() throws {
    var bench = OutboxBench(unit: 8, blockSize: 512, blockCount: 3)
    var outbox = Outbox(blocks: bench.blocks)
    try outbox.recover(on: &bench.flash)
    try bench.append(&outbox)
    bench.flash.deadUnits = Set(64..<192)
    var failure: OutboxFailure?
    for _ in 0..<20 where failure == nil {
      do throws(OutboxFailure) { try bench.append(&outbox) } catch { failure = error }
    }
    #expect(failure == .worn)
    // Nobody is to make room in vain.
    let hasRoom = outbox.hasRoom(for: 100, in: bench.flash.flashGeometry)
    #expect(hasRoom)
    let held = try bench.contents(of: &outbox)
    #expect(held == bench.expected)
  }

  @Test func aFailureOfAllBlocksIsNoneOfThemsFault() throws {
    var bench = OutboxBench(unit: 8, blockSize: 512, blockCount: 3)
    var outbox = Outbox(blocks: bench.blocks)
    try outbox.recover(on: &bench.flash)
    bench.flash.stuckBlocks = [0, 1, 2]
    #expect(throws: OutboxFailure.flash(.hardware)) { try bench.append(&outbox) }
    bench.flash.stuckBlocks = []
    try bench.append(&outbox)
    let held = try bench.contents(of: &outbox)
    #expect(held == bench.expected)
  }

  @Test(arguments: [1, 4, 8, 64], [2, 8])
  func recoveryReadsNoMoreThanThreeTimesTheRegion(unit: Int, blockCount: Int) throws {
    for seed in 0..<30 as Range<UInt64> {
      var bench = OutboxBench(unit: unit, blockSize: 1_024, blockCount: blockCount, seed: seed)
      var random = SplitMix64(seed: seed)
      var outbox = Outbox(blocks: bench.blocks)
      try outbox.recover(on: &bench.flash)
      bench.flash.stepsLeft = Int.random(in: 1...3_000, using: &random)
      try? bench.work(&outbox, steps: 2_000)
      bench.flash.restart()
      let before = bench.flash.bytesRead
      outbox = Outbox(blocks: bench.blocks)
      try outbox.recover(on: &bench.flash)
      let bound = 3 * bench.flash.cells.count + 16 * (blockCount + 1) * (blockCount + 1)
      #expect(bench.flash.bytesRead - before <= bound, "seed \(seed)")
    }
  }
}
