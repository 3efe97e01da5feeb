import Bytes
public import Platform

// Finding the messages again after a start.
extension Outbox {
  /// Finds out what is on flash; every byte of the blocks is read once, block headers more often.
  ///
  /// A message that has been damaged is given up.
  public mutating func recover<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) {
    let layout = OutboxLayout(flash.flashGeometry, blocks: blocks)
    let known = nextSequence
    (headOrder, oldestOrder, end, count, liveByteCount, nextSequence) = (0, 0, 0, 0, 0, known)
    unmarkedCount = 0
    isOrdered = true
    cursor = OutboxCursor()
    for block in blocks {
      guard let found = try readBlock(block, layout, on: &flash), found.order > headOrder else {
        continue
      }
      (head, headOrder, oldestOrder) = (block, found.order, found.oldestOrder)
      nextSequence = max(known, found.nextSequence)
    }
    guard headOrder > 0 else { return setRecovered() }
    end = layout.blockSize
    var highest: UInt32 = 0
    var order = oldestOrder - 1
    while let next = try nextBlock(after: order, layout, on: &flash) {
      order = next.order
      try recover(next.block, order: order, &highest, layout, on: &flash)
    }
    nextSequence = max(nextSequence, highest + 1)
    setRecovered()
  }

  /// Counts the messages of a block, and gives up those that are not whole.
  private mutating func recover<Flash: FlashRegion & ~Copyable>(
    _ block: Int, order: UInt32, _ highest: inout UInt32, _ layout: OutboxLayout,
    on flash: inout Flash
  ) throws(OutboxFailure) {
    var place = OutboxCursor(block: block, order: order, offset: layout.firstOffset)
    var lastEnd = layout.firstOffset
    while let record = try nextRecord(&place, upTo: layout.blockSize, layout, on: &flash) {
      lastEnd = place.offset
      if record.sequence < highest { isOrdered = false }
      highest = max(highest, record.sequence)
      if try isSettled(record, layout, on: &flash) { continue }
      guard try isWhole(record, on: &flash) else {
        damagedCount += 1
        try mark(record, layout, on: &flash)
        continue
      }
      count += 1
      liveByteCount += layout.byteCount(content: record.byteCount)
    }
    if block == head { end = try firstErased(from: lastEnd, layout, on: &flash) }
  }

  private func isWhole<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    var checksum = CRC32()
    var buffer = [64 of UInt8](repeating: 0)
    var done = 0
    while done < record.byteCount {
      let piece = min(64, record.byteCount - done)
      var space = buffer.mutableSpan
      var target = space._mutatingExtracting(0..<piece)
      try read(at: record.contentOffset + done, into: &target, on: &flash)
      checksum.add(target.span)
      done += piece
    }
    return checksum.value == record.contentChecksum
  }

  /// The offset in the head from which everything up to its end is erased.
  private func firstErased<Flash: FlashRegion & ~Copyable>(
    from start: Int, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> Int {
    var end = layout.blockSize
    while end > start {
      let offset = head * layout.blockSize + end - layout.alignment
      guard try isErased(offset, layout.alignment, on: &flash) else { break }
      end -= layout.alignment
    }
    return end
  }
}
