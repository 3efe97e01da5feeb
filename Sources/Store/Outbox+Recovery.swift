import Bytes
public import Platform

// Finding the messages again after a start.
extension Outbox {
  /// Finds out what is on flash; the blocks are read through once, block headers more often.
  ///
  /// A message that has been damaged is given up, and counted.
  @inline(never)
  public mutating func recover<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) {
    layout = OutboxLayout(flash.flashGeometry, blocks: blocks)
    let known = nextSequence
    (headOrder, oldestOrder, end, count, liveByteCount, nextSequence) = (0, 0, 0, 0, 0, known)
    unmarkedCount = 0
    isOrdered = true
    cursor = OutboxCursor()
    for block in blocks {
      guard let found = try readBlock(block, on: &flash), found.order > headOrder else {
        continue
      }
      (head, headOrder, oldestOrder) = (block, found.order, found.oldestOrder)
      nextSequence = max(known, found.nextSequence)
    }
    guard headOrder > 0 else { return setRecovered() }
    end = layout.blockSize
    var highest: UInt32 = 0
    var order = oldestOrder - 1
    while var place = try firstBlock(after: order, on: &flash) {
      order = place.order
      var lastEnd = place.offset
      while let record = try nextRecord(&place, on: &flash) {
        lastEnd = place.offset
        if record.sequence < highest { isOrdered = false }
        highest = max(highest, record.sequence)
        try recover(record, on: &flash)
      }
      if place.block == head { end = try firstErased(from: lastEnd, on: &flash) }
    }
    nextSequence = max(nextSequence, highest + 1)
    setRecovered()
  }

  /// Counts anew what is left when every message was settled: damaged ones are gone, and the others
  /// are those whose marks were not kept.
  public mutating func recount<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) {
    try recover(on: &flash)
    unmarkedCount = count
  }

  /// Counts a message unless it is settled or damaged.
  @inline(never)
  private mutating func recover<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, on flash: inout Flash
  ) throws(OutboxFailure) {
    if try isSettled(record, on: &flash) { return }
    if try !isWhole(record, on: &flash) {
      damagedCount += 1
      try mark(record, on: &flash)
      // Where the mark is not kept either, it is met again, and given up when it is loaded.
      if try isSettled(record, on: &flash) { return }
    }
    count += 1
    liveByteCount += layout.byteCount(content: record.byteCount)
  }

  @inline(never)
  private func isWhole<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    var checksum = CRC32()
    var buffer = [64 of UInt8](repeating: 0)
    var done = 0
    while done < record.byteCount {
      let piece = min(64, record.byteCount &- done)
      var space = buffer.mutableSpan
      var target = space._mutatingExtracting(0..<piece)
      try read(at: record.contentOffset &+ done, into: &target, on: &flash)
      checksum.add(target.span)
      done &+= piece
    }
    return checksum.value == record.contentChecksum
  }

  /// The offset in the head from which everything up to its end is erased.
  @inline(never)
  private func firstErased<Flash: FlashRegion & ~Copyable>(
    from start: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> Int {
    var end = layout.blockSize
    let offset = head * layout.blockSize
    while end > start {
      let before = end &- layout.alignment
      guard try isErased(offset &+ before, layout.alignment, on: &flash) else { break }
      end = before
    }
    return end
  }
}
