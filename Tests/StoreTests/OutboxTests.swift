import FlashTestSupport
import Jitter
import Platform
import Store
import Testing

/// Messages that were accepted stay, those that were settled go, whatever happens to the power.
@Suite struct OutboxTests {
  @Test(arguments: [1, 4, 8, 64], [2, 3, 4])
  func powerCutAtEveryStep(unit: Int, blockCount: Int) throws {
    let size = 512
    var cut = 0
    var bench = OutboxBench(unit: unit, blockSize: size, blockCount: blockCount, seed: 7)
    var cuts = 0
    // Each round goes a little further than the one before, on the same flash.
    while cuts < 200 {
      var outbox = Outbox(blocks: bench.blocks)
      try outbox.recover(on: &bench.flash)
      let problem = try bench.verdict(on: &outbox)
      #expect(problem == nil, "cut \(cuts) after \(cut) steps: \(problem ?? "")")
      guard problem == nil else { return }
      cut = (cut + 1) % 97
      bench.flash.stepsLeft = cut
      do throws(OutboxFailure) {
        try bench.work(&outbox, steps: 200)
        Issue.record("the power was not cut")
      } catch {
        #expect(error == .flash(.hardware))
      }
      bench.flash.restart()
      cuts += 1
    }
    #expect((bench.flash.erasures.max() ?? 0) > 6)
  }

  @Test func recoveryCanBeCutAgainAndAgain() throws {
    var bench = OutboxBench(unit: 4, blockCount: 2, seed: 3)
    var outbox = Outbox(blocks: bench.blocks)
    try outbox.recover(on: &bench.flash)
    for round in 0..<200 {
      bench.flash.stepsLeft = 30 + round % 40
      try? bench.work(&outbox, steps: 100)
      for steps in 0..<3 {
        bench.flash.restart()
        bench.flash.stepsLeft = steps
        outbox = Outbox(blocks: bench.blocks)
        try? outbox.recover(on: &bench.flash)
      }
      bench.flash.restart()
      outbox = Outbox(blocks: bench.blocks)
      try outbox.recover(on: &bench.flash)
      let problem = try bench.verdict(on: &outbox)
      #expect(problem == nil, "round \(round): \(problem ?? "")")
    }
  }

  @Test func orderSurvivesThatMessagesAreMoved() throws {
    var bench = OutboxBench(blockCount: 4)
    var outbox = Outbox(blocks: bench.blocks)
    try outbox.recover(on: &bench.flash)
    // One old message stays while hundreds pass.
    try bench.append(&outbox)
    let old = bench.expected[0]
    for _ in 0..<300 {
      try bench.append(&outbox)
      try bench.settle(&outbox, at: 1)
      let first = try outbox.next(after: 0, on: &bench.flash)?.sequence
      #expect(first == old.sequence)
    }
    try bench.append(&outbox)
    let held = try bench.contents(of: &outbox)
    #expect(held == bench.expected)
    #expect(bench.expected.map(\.sequence) == [old.sequence, old.sequence + 301])
  }

  @Test func wearIsSpread() throws {
    var bench = OutboxBench(blockCount: 8)
    var outbox = Outbox(blocks: bench.blocks)
    try outbox.recover(on: &bench.flash)
    for _ in 0..<2_000 {
      try bench.append(&outbox)
      try bench.settle(&outbox, at: 0)
    }
    let most = bench.flash.erasures.max() ?? 0
    let least = bench.flash.erasures.min() ?? 0
    #expect(most - least <= 1)
    // In order, a block is erased for each block that is filled: some 90 bytes a message.
    #expect(bench.flash.erasures.reduce(0, +) < 2_000 * 100 / 400)
  }

  @Test func fullMeansFullAndNothingIsLost() throws {
    var bench = OutboxBench(blockCount: 3)
    var outbox = Outbox(blocks: bench.blocks)
    try outbox.recover(on: &bench.flash)
    while outbox.hasRoom(for: 100, in: bench.flash.flashGeometry) { try bench.append(&outbox) }
    #expect(bench.expected.count >= 5)
    let large = [UInt8](repeating: 1, count: 100)
    #expect(throws: OutboxFailure.full) {
      try outbox.append(large.span, Span(), priority: .high, on: &bench.flash)
    }
    let held = try bench.contents(of: &outbox)
    #expect(held == bench.expected)
    // Whatever is settled makes room again.
    try bench.settle(&outbox, at: 1)
    try bench.settle(&outbox, at: 2)
    try bench.settle(&outbox, at: 0)
    while outbox.hasRoom(for: 100, in: bench.flash.flashGeometry) { try bench.append(&outbox) }
    let heldThen = try bench.contents(of: &outbox)
    #expect(heldThen == bench.expected)
  }

  @Test func aMessageThatNeverFitsIsTooLarge() throws {
    var bench = OutboxBench(blockSize: 512, blockCount: 2)
    var outbox = Outbox(blocks: bench.blocks)
    try outbox.recover(on: &bench.flash)
    let large = [UInt8](repeating: 1, count: 400)
    let fits = outbox.canHold(400, in: bench.flash.flashGeometry)
    #expect(!fits)
    #expect(throws: OutboxFailure.tooLarge) {
      try outbox.append(large.span, Span(), priority: .high, on: &bench.flash)
    }
  }

  @Test func findsTheLeastImportant() throws {
    var flash = CuttableFlash(blockSize: 512, blockCount: 3)
    var outbox = Outbox(blocks: 0..<3)
    try outbox.recover(on: &flash)
    let content: [UInt8] = [1]
    for priority in [.normal, .high, .low, .normal, .low] as [MessagePriority] {
      _ = try outbox.append(content.span, Span(), priority: priority, on: &flash)
    }
    var order: [UInt32] = []
    while let record = try outbox.leastImportant(on: &flash) {
      order.append(record.sequence)
      try outbox.settle(record.place, on: &flash)
      try outbox.settle(record.place, on: &flash)
    }
    #expect(order == [3, 5, 1, 4, 2])
    #expect(outbox.count == 0)
  }

  @Test func numbersGoOnAfterAStart() throws {
    var flash = CuttableFlash(blockSize: 512, blockCount: 3)
    let content = [UInt8](repeating: 7, count: 60)
    var last: UInt32 = 0
    for _ in 0..<100 {
      var outbox = Outbox(blocks: 0..<3)
      try outbox.recover(on: &flash)
      let record = try outbox.append(content.span, Span(), priority: .low, on: &flash)
      #expect(record.sequence == last + 1)
      last = record.sequence
      try outbox.settle(record.place, on: &flash)
    }
  }
}
