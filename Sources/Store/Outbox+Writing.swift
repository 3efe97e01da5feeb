import Bytes
import Platform

// Writing records, and beginning blocks.
extension Outbox {
  /// Writes a record, its header last, and reads it back; false where that is not what was written.
  func write<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, _ front: Span<UInt8>, _ rest: Span<UInt8>, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    let header = record.header(order: headOrder)
    var piece = OutboxPiece(offset: record.offset, layout)
    guard try piece.add(header.span, on: &flash), try piece.add(front, on: &flash),
      try piece.add(rest, on: &flash)
    else { return false }
    return try piece.finish(on: &flash)
  }

  /// Begins the next block, to which what is alive in the oldest one is copied if need be.
  ///
  /// Nothing counts before the new block has its header. Blocks that do not obey are passed over.
  @inline(never)
  mutating func beginBlock<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) {
    try releaseSettledBlocks(on: &flash)
    let badBefore = badBlocks
    var failure: OutboxFailure?
    // One that failed may hold a header all the same, so that no number is given twice.
    var order = headOrder
    var block = headOrder == 0 ? blocks.upperBound - 1 : head
    for _ in blocks {
      block += 1
      if block == blocks.upperBound { block = blocks.lowerBound }
      guard try isSpare(block, on: &flash) else { continue }
      order += 1
      do throws(OutboxFailure) {
        if try erase(block, on: &flash), try begin(block, order: order, on: &flash) { return }
      } catch { failure = error }
      badBlocks |= bit(of: block)
    }
    if let failure {
      // Where no block obeys, it may be none's fault, and pass.
      badBlocks = badBefore
      throw failure
    }
    throw layout.without(badBlocks.nonzeroBitCount).blockCount < 2 ? .worn : .full
  }

  private func bit(of block: Int) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: block - blocks.lowerBound)
  }

  /// Lets go of the oldest blocks as long as nothing in them is alive.
  private mutating func releaseSettledBlocks<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) {
    guard headOrder > 0 else { return }
    var place = OutboxCursor()
    let isEmpty = try nextUnsettled(&place, on: &flash) == nil
    oldestOrder = isEmpty ? headOrder : place.order
  }

  /// True if nothing in the block counts and it has not failed before.
  @inline(never)
  private func isSpare<Flash: FlashRegion & ~Copyable>(
    _ block: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    guard badBlocks & bit(of: block) == 0 else { return false }
    guard headOrder > 0, let found = try readBlock(block, on: &flash) else { return true }
    return found.order < oldestOrder
  }

  /// Erases a block; false where it does not obey.
  private func erase<Flash: FlashRegion & ~Copyable>(
    _ block: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    do throws(Flash.FlashFailure) { try flash.erase(block: block) } catch {
      throw .flash(error.kind)
    }
    return try isErased(block * layout.blockSize, layout.blockSize, on: &flash)
  }

  /// Makes an erased block the head; false where it does not keep what is written to it.
  private mutating func begin<Flash: FlashRegion & ~Copyable>(
    _ block: Int, order: UInt32, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    var oldest = headOrder == 0 ? order : oldestOrder
    var newEnd = layout.firstOffset
    var keepsOrder = true
    if headOrder > 0, try !hasSpare(beside: block, on: &flash) {
      newEnd = try moveOldest(to: block, order: order, on: &flash)
      guard newEnd > 0 else { return false }
      // Where the oldest one was the only one, what it held is still in its order.
      keepsOrder = newEnd == layout.firstOffset || oldestOrder == headOrder
      oldest = try firstBlock(after: oldestOrder, on: &flash)?.order ?? order
    }
    let header = OutboxBlock(order: order, oldestOrder: oldest, nextSequence: nextSequence).header
    var piece = OutboxPiece(offset: block * layout.blockSize, layout)
    guard try piece.add(header.span, on: &flash), try piece.finish(on: &flash) else {
      return false
    }
    (head, headOrder, oldestOrder, end) = (block, order, oldest, newEnd)
    isOrdered = isOrdered && keepsOrder
    cursor = OutboxCursor()
    return true
  }

  private func hasSpare<Flash: FlashRegion & ~Copyable>(
    beside other: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    for block in blocks where block != other {
      if try isSpare(block, on: &flash) { return true }
    }
    return false
  }

  /// Copies what is alive in the oldest block, and returns where that ends; zero where it does not
  /// fit, as the block does not keep what is written to it.
  private mutating func moveOldest<Flash: FlashRegion & ~Copyable>(
    to block: Int, order: UInt32, on flash: inout Flash
  ) throws(OutboxFailure) -> Int {
    var target = layout.firstOffset
    guard var place = try firstBlock(after: oldestOrder - 1, on: &flash) else { return target }
    while let record = try nextRecord(&place, on: &flash) {
      if try isSettled(record, on: &flash) { continue }
      let byteCount = layout.byteCount(content: record.byteCount)
      var isCopied = false
      while !isCopied {
        guard target &+ byteCount <= layout.blockSize else { return 0 }
        isCopied = try copy(
          record, to: block * layout.blockSize &+ target, order: order, on: &flash)
        target &+= byteCount
      }
    }
    return target
  }

  @inline(never)
  private func copy<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, to offset: Int, order: UInt32, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    let header = record.moved(to: offset).header(order: order)
    var piece = OutboxPiece(offset: offset, layout)
    guard try piece.add(header.span, on: &flash) else { return false }
    var buffer = [32 of UInt8](repeating: 0)
    var done = 0
    while done < record.byteCount {
      let count = min(32, record.byteCount &- done)
      var space = buffer.mutableSpan
      var target = space._mutatingExtracting(0..<count)
      try read(at: record.contentOffset &+ done, into: &target, on: &flash)
      guard try piece.add(buffer.span.extracting(first: count), on: &flash) else { return false }
      done &+= count
    }
    return try piece.finish(on: &flash)
  }
}
