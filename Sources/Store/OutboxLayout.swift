import Platform

/// How the outbox divides its blocks.
struct OutboxLayout {
  /// Everything begins at a multiple of this: the program unit, and not less than 8 bytes.
  private(set) var alignment = 8
  private(set) var blockSize = 0
  private(set) var blockCount = 0

  /// A layout of nothing, before the flash is known.
  init() {}

  init(_ geometry: FlashGeometry, blocks: Range<Int>) {
    precondition(blocks.lowerBound >= 0 && blocks.upperBound <= geometry.blockCount)
    alignment = max(geometry.programUnit, 8)
    blockSize = geometry.blockSize
    blockCount = blocks.count
    precondition(blockSize % alignment == 0 && usableByteCount > 0, "the blocks are too small")
  }

  /// Where the first record of a block begins.
  var firstOffset: Int { roundedUp(OutboxBlock.headerByteCount) }

  /// What a block has for records.
  var usableByteCount: Int { blockSize - firstOffset }

  // No sum here can overflow: contents have 65535 bytes at most.

  /// What a record takes: header and content, and room for the mark that settles it.
  func byteCount(content: Int) -> Int {
    markOffset(content: content) &+ alignment
  }

  /// Where in a record the mark is.
  func markOffset(content: Int) -> Int { roundedUp(OutboxRecord.headerByteCount &+ content) }

  /// True if a record of this size will ever find room.
  func canHold(_ byteCount: Int) -> Bool {
    byteCount <= usableByteCount && byteCount <= limit
  }

  /// True if there is room for a record beside `liveByteCount` of others.
  ///
  /// A quarter stays free, so that each block that is cleared gains a quarter of a block on
  /// average; and there is certainly a block that has room for the record once it is cleared.
  func hasRoom(for byteCount: Int, beside liveByteCount: Int) -> Bool {
    liveByteCount + byteCount <= limit
      && liveByteCount <= (blockCount - 1) * (usableByteCount - byteCount)
  }

  /// The next multiple of the alignment, which is a power of two.
  func roundedUp(_ byteCount: Int) -> Int {
    (byteCount &+ alignment &- 1) & ~(alignment &- 1)
  }

  /// The same where so many blocks are of no use.
  func without(_ badCount: Int) -> OutboxLayout {
    var layout = self
    layout.blockCount -= badCount
    return layout
  }

  /// One block is always spare.
  private var limit: Int { (blockCount - 1) * usableByteCount / 4 * 3 }
}
