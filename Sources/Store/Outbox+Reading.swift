import Bytes
public import Platform

// Finding messages.
extension Outbox {
  /// The first message whose sequence number is higher than `sequence`; nil if there is none.
  ///
  /// Where messages were settled in order this looks at the next record only; else at all of them.
  public mutating func next<Flash: FlashRegion & ~Copyable>(
    after sequence: UInt32, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    guard count > 0 else { return nil }
    let layout = OutboxLayout(flash.flashGeometry, blocks: blocks)
    var place = OutboxCursor()
    if isOrdered, cursor.order >= oldestOrder, cursor.order > 0, cursor.sequence <= sequence {
      place = cursor
    }
    var best: OutboxRecord?
    while let record = try nextUnsettled(&place, layout, on: &flash) {
      guard record.sequence > sequence else { continue }
      if isOrdered {
        cursor = OutboxCursor(
          block: place.block, order: place.order, offset: record.offset % layout.blockSize,
          sequence: record.sequence)
        return record
      }
      if best.map({ record.sequence < $0.sequence }) ?? true { best = record }
    }
    return best
  }

  /// The message of the lowest priority, of several the oldest; nil if there is none.
  public mutating func leastImportant<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    let layout = OutboxLayout(flash.flashGeometry, blocks: blocks)
    var place = OutboxCursor()
    var best: OutboxRecord?
    while let record = try nextUnsettled(&place, layout, on: &flash) {
      guard let present = best else {
        best = record
        continue
      }
      if (record.priority, record.sequence) < (present.priority, present.sequence) { best = record }
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
  mutating func nextUnsettled<Flash: FlashRegion & ~Copyable>(
    _ place: inout OutboxCursor, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    while true {
      if place.order == 0 {
        guard try advance(&place, after: oldestOrder - 1, layout, on: &flash) else { return nil }
      }
      let limit = place.block == head ? end : layout.blockSize
      while let record = try nextRecord(&place, upTo: limit, layout, on: &flash) {
        if try !isSettled(record, layout, on: &flash) { return record }
      }
      guard try advance(&place, after: place.order, layout, on: &flash) else { return nil }
    }
  }

  /// Moves on to the block with the next higher number; false where there is none.
  private func advance<Flash: FlashRegion & ~Copyable>(
    _ place: inout OutboxCursor, after order: UInt32, _ layout: OutboxLayout,
    on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    guard order < headOrder else { return false }
    guard let next = try nextBlock(after: order, layout, on: &flash) else { return false }
    place = OutboxCursor(block: next.block, order: next.order, offset: layout.firstOffset)
    return true
  }

  /// The block with the lowest number above `order`.
  func nextBlock<Flash: FlashRegion & ~Copyable>(
    after order: UInt32, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> (block: Int, order: UInt32)? {
    var best: (block: Int, order: UInt32)?
    for block in blocks {
      guard let found = try readBlock(block, layout, on: &flash), found.order > order,
        found.order <= headOrder
      else { continue }
      if best.map({ found.order < $0.order }) ?? true { best = (block, found.order) }
      // The usual case: numbers follow each other.
      if found.order == order + 1 { break }
    }
    return best
  }

  /// The next record, settled or not; what is none is passed over.
  func nextRecord<Flash: FlashRegion & ~Copyable>(
    _ place: inout OutboxCursor, upTo limit: Int, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    while place.offset + layout.byteCount(content: 0) <= limit {
      let offset = place.block * layout.blockSize + place.offset
      if let record = try readRecord(at: offset, order: place.order, layout, on: &flash) {
        place.offset += layout.byteCount(content: record.byteCount)
        return record
      }
      place.offset += layout.alignment
    }
    return nil
  }

  func readRecord<Flash: FlashRegion & ~Copyable>(
    at offset: Int, order: UInt32, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    let header = try readHeader(at: offset, on: &flash)
    guard let record = OutboxRecord(header.span, at: offset, order: order),
      offset % layout.blockSize + layout.byteCount(content: record.byteCount)
        <= layout.blockSize
    else { return nil }
    return record
  }

  func readBlock<Flash: FlashRegion & ~Copyable>(
    _ block: Int, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxBlock? {
    OutboxBlock(try readHeader(at: block * layout.blockSize, on: &flash).span)
  }

  /// True once something was programmed to the record's mark.
  func isSettled<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, _ layout: OutboxLayout, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    try !isErased(
      record.offset + layout.markOffset(content: record.byteCount), layout.alignment, on: &flash)
  }

  /// True if so many bytes are all ones.
  func isErased<Flash: FlashRegion & ~Copyable>(
    _ offset: Int, _ byteCount: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    var buffer = [64 of UInt8](repeating: 0)
    var done = 0
    while done < byteCount {
      let piece = min(64, byteCount - done)
      var space = buffer.mutableSpan
      var target = space._mutatingExtracting(0..<piece)
      try read(at: offset + done, into: &target, on: &flash)
      for index in 0..<piece where target[index] != 0xFF { return false }
      done += piece
    }
    return true
  }

  private func readHeader<Flash: FlashRegion & ~Copyable>(
    at offset: Int, on flash: inout Flash
  ) throws(OutboxFailure) -> [16 of UInt8] {
    var header = [16 of UInt8](repeating: 0)
    var space = header.mutableSpan
    try read(at: offset, into: &space, on: &flash)
    return header
  }

  func read<Flash: FlashRegion & ~Copyable>(
    at offset: Int, into space: inout MutableSpan<UInt8>, on flash: inout Flash
  ) throws(OutboxFailure) {
    do throws(Flash.FlashFailure) { try flash.read(at: offset, into: &space) } catch {
      throw .flash(error.kind)
    }
  }
}
