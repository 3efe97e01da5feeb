import CArena
import Jitter
import Testing

/// The boards' allocator, on the host.
///
/// It is one for the whole program, so its tests take turns.
@Suite(.serialized) struct ArenaTests {
  private let memory = UnsafeMutableRawPointer.allocate(byteCount: 4_096, alignment: 8)

  init() {
    memory.initializeMemory(as: UInt8.self, repeating: 0xA5, count: 4_096)
    arena_start(memory, 4_096)
  }

  @Test func blocksAreZeroAndAligned() throws {
    for size in 1...40 {
      let block = try #require(arena_allocate(1, size))
      #expect(Int(bitPattern: block) % 8 == 0)
      #expect(bytes(block, size).allSatisfy { $0 == 0 })
    }
  }

  @Test func aBlockThatIsGivenBackIsWiped() throws {
    let block = try #require(arena_allocate(1, 100))
    block.initializeMemory(as: UInt8.self, repeating: 0x77, count: 100)
    arena_free(block)
    #expect(bytes(block, 100).allSatisfy { $0 == 0 })
  }

  @Test func nothingIsRefusedOrOverflows() {
    #expect(arena_allocate(0, 8) == nil)
    #expect(arena_allocate(8, 0) == nil)
    #expect(arena_allocate(.max, 2) == nil)
    #expect(arena_allocate(.max / 2, 2) == nil)
    #expect(arena_allocate(1, 4_096) == nil)
    arena_free(nil)
    #expect(arena_used() == 0)
  }

  @Test func allOfTheMemoryButTheFirstAndLastFewBytesIsOneBlock() throws {
    // Two halves of a unit at the ends, and a header.
    let block = try #require(arena_allocate(1, 4_096 - 12))
    #expect(arena_allocate(1, 1) == nil)
    arena_free(block)
    #expect(arena_allocate(1, 4_096 - 12) == block)
    #expect(arena_allocate(1, 4_096 - 11) == nil)
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func freeNeighboursBecomeOne(order: [Int]) throws {
    let blocks = try (0..<3).map { _ in try #require(arena_allocate(1, 1_200)) }
    for index in order { arena_free(blocks[index]) }
    #expect(arena_used() == 0)
    #expect(arena_allocate(1, 4_084) != nil)
  }

  @Test func thePeakIsTheEndOfTheHighestBlock() throws {
    let first = try #require(arena_allocate(1, 1_000))
    let second = try #require(arena_allocate(1, 500))
    let end = second + 500 - memory
    #expect(arena_peak() >= end && arena_peak() < end + 16)
    arena_free(first)
    arena_free(second)
    let peak = arena_peak()
    _ = arena_allocate(1, 900)
    #expect(arena_peak() == peak)
    // What the peak says is enough, and eight bytes less are not.
    arena_start(memory, peak)
    #expect(arena_allocate(1, 1_000) != nil && arena_allocate(1, 500) != nil)
    arena_start(memory, peak - 8)
    #expect(arena_allocate(1, 1_000) != nil && arena_allocate(1, 500) == nil)
  }

  /// Whatever is asked for in whatever order: no two blocks overlap, and nothing is lost.
  @Test(arguments: 1...20) func noTwoBlocksOverlap(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var blocks: [(start: UnsafeMutableRawPointer, size: Int, mark: UInt8)] = []
    for step in 0..<2_000 {
      if random.next() % 2 == 0 || blocks.isEmpty {
        let size = Int(random.next() % 200) + 1
        guard let start = arena_allocate(1, size) else { continue }
        #expect(start >= memory && start + size <= memory + 4_096)
        #expect(bytes(start, size).allSatisfy { $0 == 0 }, "seed \(seed)")
        let mark = UInt8(truncatingIfNeeded: step) | 1
        start.initializeMemory(as: UInt8.self, repeating: mark, count: size)
        blocks.append((start, size, mark))
      } else {
        let block = blocks.remove(at: Int(random.next() % UInt64(blocks.count)))
        #expect(bytes(block.start, block.size).allSatisfy { $0 == block.mark }, "seed \(seed)")
        arena_free(block.start)
      }
    }
    for block in blocks {
      #expect(bytes(block.start, block.size).allSatisfy { $0 == block.mark }, "seed \(seed)")
      arena_free(block.start)
    }
    #expect(arena_used() == 0)
    #expect(arena_allocate(1, 4_084) != nil)
  }

  private func bytes(_ start: UnsafeMutableRawPointer, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
  }
}
