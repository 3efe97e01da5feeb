import Bytes
import Platform

// Writing records, and beginning blocks.
extension Outbox {
  /// Writes a record, its header last, and reads it back; false where that is not what was written.
  func write<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, _ front: Span<UInt8>, _ rest: Span<UInt8>, _ layout: OutboxLayout,
    on flash: inout Flash
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
  /// Nothing counts before the new block has its header.
  mutating func beginBlock<Flash: FlashRegion & ~Copyable>(
    _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) {
    try releaseSettledBlocks(layout, on: &flash)
    var candidate = headOrder == 0 ? blocks.upperBound - 1 : head
    for _ in blocks {
      candidate = candidate + 1 == blocks.upperBound ? blocks.lowerBound : candidate + 1
      guard try isSpare(candidate, layout, on: &flash), try erase(candidate, layout, on: &flash)
      else { continue }
      if try begin(candidate, layout, on: &flash) { return }
    }
    // What obeys is in use, or nothing obeys.
    throw headOrder == 0 ? .worn : .full
  }

  /// Lets go of the oldest blocks as long as nothing in them is alive.
  private mutating func releaseSettledBlocks<Flash: FlashRegion & ~Copyable>(
    _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) {
    while oldestOrder < headOrder {
      guard let oldest = try nextBlock(after: oldestOrder - 1, layout, on: &flash),
        oldest.order < headOrder
      else { return oldestOrder = headOrder }
      var place = OutboxCursor(
        block: oldest.block, order: oldest.order, offset: layout.firstOffset)
      while let record = try nextRecord(&place, upTo: layout.blockSize, layout, on: &flash) {
        if try !isSettled(record, layout, on: &flash) { return oldestOrder = oldest.order }
      }
      oldestOrder = oldest.order + 1
    }
  }

  /// True if nothing in the block counts.
  private func isSpare<Flash: FlashRegion & ~Copyable>(
    _ block: Int, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    guard headOrder > 0, let found = try readBlock(block, layout, on: &flash) else { return true }
    return found.order < oldestOrder
  }

  /// Erases a block; false where it does not obey.
  private func erase<Flash: FlashRegion & ~Copyable>(
    _ block: Int, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    do throws(Flash.FlashFailure) { try flash.erase(block: block) } catch {
      throw .flash(error.kind)
    }
    return try isErased(block * layout.blockSize, layout.blockSize, on: &flash)
  }

  /// Makes an erased block the head; false where it does not keep what is written to it.
  private mutating func begin<Flash: FlashRegion & ~Copyable>(
    _ block: Int, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    let order = headOrder + 1
    var oldest = headOrder == 0 ? order : oldestOrder
    var newEnd = layout.firstOffset
    var keepsOrder = true
    if headOrder > 0, try !hasSpare(beside: block, layout, on: &flash) {
      guard let moved = try moveOldest(to: block, order: order, layout, on: &flash) else {
        return false
      }
      newEnd = moved.end
      // The oldest one was the only one: what it held is still in its order.
      keepsOrder = moved.count == 0 || oldestOrder == headOrder
      oldest = try nextBlock(after: oldestOrder, layout, on: &flash)?.order ?? order
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
    beside other: Int, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    for block in blocks where block != other {
      if try isSpare(block, layout, on: &flash) { return true }
    }
    return false
  }

  /// Copies what is alive in the oldest block; nil where it does not fit, as the block does not
  /// keep what is written to it.
  private mutating func moveOldest<Flash: FlashRegion & ~Copyable>(
    to block: Int, order: UInt32, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> (end: Int, count: Int)? {
    guard let oldest = try nextBlock(after: oldestOrder - 1, layout, on: &flash) else {
      return (layout.firstOffset, 0)
    }
    var place = OutboxCursor(
      block: oldest.block, order: oldest.order, offset: layout.firstOffset)
    let limit = oldest.block == head ? end : layout.blockSize
    var target = layout.firstOffset
    var movedCount = 0
    while let record = try nextRecord(&place, upTo: limit, layout, on: &flash) {
      if try isSettled(record, layout, on: &flash) { continue }
      let byteCount = layout.byteCount(content: record.byteCount)
      while true {
        guard target + byteCount <= layout.blockSize else { return nil }
        let copy = record.moved(to: block * layout.blockSize + target)
        target += byteCount
        if try self.copy(record, to: copy, order: order, layout, on: &flash) { break }
      }
      movedCount += 1
    }
    return (target, movedCount)
  }

  private func copy<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, to copy: OutboxRecord, order: UInt32, _ layout: OutboxLayout,
    on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    let header = copy.header(order: order)
    var piece = OutboxPiece(offset: copy.offset, layout)
    guard try piece.add(header.span, on: &flash) else { return false }
    var buffer = [32 of UInt8](repeating: 0)
    var done = 0
    while done < record.byteCount {
      let count = min(32, record.byteCount - done)
      var space = buffer.mutableSpan
      var target = space._mutatingExtracting(0..<count)
      try read(at: record.contentOffset + done, into: &target, on: &flash)
      guard try piece.add(buffer.span.extracting(first: count), on: &flash) else { return false }
      done += count
    }
    return try piece.finish(on: &flash)
  }
}

/// A header and what follows it on their way to flash: programmed 64 bytes at a time and read back,
/// the units of the header last, so that nothing counts that is not whole.
private struct OutboxPiece: ~Copyable {
  private var header = [64 of UInt8](repeating: 0xFF)
  private var headerCount = 0
  /// The whole units that the header begins with.
  private let headerLimit: Int
  private var buffer = [64 of UInt8](repeating: 0xFF)
  private var count = 0
  private let start: Int
  /// Where the next bytes behind the header go.
  private var offset: Int
  private let layout: OutboxLayout

  init(offset: Int, _ layout: OutboxLayout) {
    headerLimit = layout.roundedUp(OutboxRecord.headerByteCount)
    start = offset
    self.offset = offset + headerLimit
    self.layout = layout
  }

  /// Adds bytes; false where some that were programmed are not what is read.
  mutating func add<Flash: FlashRegion & ~Copyable>(
    _ bytes: Span<UInt8>, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    for index in bytes.indices {
      if headerCount < headerLimit {
        header[headerCount] = bytes[index]
        headerCount += 1
        continue
      }
      buffer[count] = bytes[index]
      count += 1
      if count == 64 {
        guard try program(buffer, 64, at: offset, on: &flash) else { return false }
        offset += 64
        count = 0
      }
    }
    return true
  }

  /// Programs what is left, filled up with ones to whole units, and then the header.
  mutating func finish<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    if count > 0 {
      let length = layout.roundedUp(count)
      for index in count..<length { buffer[index] = 0xFF }
      guard try program(buffer, length, at: offset, on: &flash) else { return false }
    }
    return try program(header, headerLimit, at: start, on: &flash)
  }

  private func program<Flash: FlashRegion & ~Copyable>(
    _ bytes: borrowing [64 of UInt8], _ length: Int, at offset: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    var found = [64 of UInt8](repeating: 0)
    var space = found.mutableSpan
    var target = space._mutatingExtracting(0..<length)
    do throws(Flash.FlashFailure) {
      try flash.program(bytes.span.extracting(first: length), at: offset)
      try flash.read(at: offset, into: &target)
    } catch { throw .flash(error.kind) }
    for index in 0..<length where target[index] != bytes[index] { return false }
    return true
  }
}
