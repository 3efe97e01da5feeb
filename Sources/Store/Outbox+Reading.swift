import Bytes
public import Platform

// Finding messages. What is called from several places is not inlined: on a small processor flash
// is dearer than the calls.
extension Outbox {
  /// The first message whose sequence number is higher than `sequence`; nil if there is none.
  ///
  /// Where messages were settled in order this looks at the next record only; else at all of them.
  @inline(never)
  public mutating func next<Flash: FlashRegion & ~Copyable>(
    after sequence: UInt32, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    guard count > 0 else { return nil }
    var place = OutboxCursor()
    if isOrdered, cursor.order >= oldestOrder, cursor.order > 0, cursor.sequence <= sequence {
      place = cursor
    }
    var best: OutboxRecord?
    while let record = try nextUnsettled(&place, on: &flash) {
      guard record.sequence > sequence else { continue }
      if isOrdered {
        cursor = place
        cursor.sequence = record.sequence
        return record
      }
      if let present = best, present.sequence < record.sequence { continue }
      best = record
    }
    return best
  }

  /// The message of the lowest priority, of several the oldest; nil if there is none.
  @inline(never)
  public mutating func leastImportant<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    var place = OutboxCursor()
    var best: OutboxRecord?
    while let record = try nextUnsettled(&place, on: &flash) {
      if let present = best,
        (present.priority, present.sequence) < (record.priority, record.sequence)
      {
        continue
      }
      best = record
    }
    return best
  }

  /// Puts the content of a message at the front of `space`; false where it is damaged.
  ///
  /// - Precondition: there is room, and the record was found since the last `append`.
  public func load<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, into space: inout MutableSpan<UInt8>, from flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    var target = space._mutatingExtracting(0..<record.byteCount)
    try read(at: record.contentOffset, into: &target, on: &flash)
    return CRC32(of: target.span).value == record.contentChecksum
  }

  /// The next message that is not settled, from `place` on, in the order of the log.
  @inline(never)
  mutating func nextUnsettled<Flash: FlashRegion & ~Copyable>(
    _ place: inout OutboxCursor, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    var order = place.order
    while true {
      if order > 0 {
        while let record = try nextRecord(&place, on: &flash) {
          if try !isSettled(record, on: &flash) { return record }
        }
      } else {
        order = oldestOrder - 1
      }
      guard let next = try firstBlock(after: order, on: &flash) else { return nil }
      place = next
      order = next.order
    }
  }

  /// The start of the block with the lowest number above `order`; nil if there is none.
  @inline(never)
  func firstBlock<Flash: FlashRegion & ~Copyable>(
    after order: UInt32, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxCursor? {
    var best: OutboxCursor?
    guard order < headOrder else { return nil }
    for block in blocks {
      guard let found = try readBlock(block, on: &flash), found.order > order,
        found.order <= headOrder
      else { continue }
      if let present = best, present.order < found.order { continue }
      best = OutboxCursor(block: block, order: found.order, offset: layout.firstOffset)
      // The usual case: numbers follow each other.
      if found.order == order + 1 { break }
    }
    return best
  }

  /// The next record in its block, settled or not; what is none is passed over.
  @inline(never)
  func nextRecord<Flash: FlashRegion & ~Copyable>(
    _ place: inout OutboxCursor, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    // Behind the end of the head there is nothing yet.
    let limit = place.order == headOrder ? end : layout.blockSize
    while place.offset + layout.byteCount(content: 0) <= limit {
      let found = try readRecord(place, on: &flash)
      // A block's size is far from the largest number.
      place.offset &+= found.map { layout.byteCount(content: $0.byteCount) } ?? layout.alignment
      if let found { return found }
    }
    return nil
  }

  /// The record at `place`, where there is one.
  @inline(never)
  func readRecord<Flash: FlashRegion & ~Copyable>(
    _ place: OutboxCursor, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    let offset = place.block * layout.blockSize + place.offset
    let header = try readHeader(at: offset, on: &flash)
    guard let record = OutboxRecord(header.span, at: offset, order: place.order),
      place.offset &+ layout.byteCount(content: record.byteCount) <= layout.blockSize
    else { return nil }
    return record
  }

  @inline(never)
  func readBlock<Flash: FlashRegion & ~Copyable>(
    _ block: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxBlock? {
    OutboxBlock(try readHeader(at: block * layout.blockSize, on: &flash).span)
  }

  /// True once something was programmed to the record's mark.
  @inline(never)
  func isSettled<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    try !isErased(
      record.offset &+ layout.markOffset(content: record.byteCount), layout.alignment, on: &flash)
  }

  /// True if so many bytes are all ones.
  @inline(never)
  func isErased<Flash: FlashRegion & ~Copyable>(
    _ offset: Int, _ byteCount: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    var buffer = [64 of UInt8](repeating: 0)
    var done = 0
    while done < byteCount {
      let piece = min(64, byteCount &- done)
      var space = buffer.mutableSpan
      var target = space._mutatingExtracting(0..<piece)
      try read(at: offset &+ done, into: &target, on: &flash)
      var bits: UInt8 = 0xFF
      for index in 0..<piece { bits &= target[index] }
      guard bits == 0xFF else { return false }
      done &+= piece
    }
    return true
  }

  @inline(never)
  private func readHeader<Flash: FlashRegion & ~Copyable>(
    at offset: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> [16 of UInt8] {
    var header = [16 of UInt8](repeating: 0)
    var space = header.mutableSpan
    try read(at: offset, into: &space, on: &flash)
    return header
  }

  @inline(never)
  func read<Flash: FlashRegion & ~Copyable>(
    at offset: Int, into space: inout MutableSpan<UInt8>, on flash: inout Flash
  ) throws(OutboxFailure) {
    do throws(Flash.FlashFailure) { try flash.read(at: offset, into: &space) } catch {
      throw .flash(error.kind)
    }
  }
}
