import Bytes
public import Platform

/// Messages on flash from the moment they are accepted until they are settled.
///
/// **Promise.** Once `append` has returned, the message is found again after any power cut, until
/// `settle` was called for it. Messages keep their order, by their sequence number. Whatever
/// happens to the power, no more than the one record at hand is torn, and that one was not
/// accepted yet.
///
/// **How.** A log. A block begins with a header that carries its number; records follow each other.
/// A record ends with a mark that is left erased: programming it settles the message in place, so
/// that settling takes no room and any order will do. One block is always spare: when the last
/// block is full, the spare one is erased, what is still alive in the oldest block is copied to
/// it, and then its header is written, which makes the copy count and the oldest block the next
/// spare. Until then nothing has changed. Blocks take turns, so that wear is spread.
///
/// **Cost.** A message is programmed once, and its mark. Each block that is begun costs one erasure
/// and brings a quarter of a block on average at the least, and nearly a whole one where messages
/// are settled in order. `recover` reads the blocks through once; where records are torn, and where
/// nothing was written yet, up to three times.
///
/// In memory there is no list of messages: they are looked for on flash.
public struct Outbox: ~Copyable {
  /// The blocks of the flash that it uses, two or more, and nobody else.
  public let blocks: Range<Int>
  /// True once `recover` has succeeded.
  public private(set) var isRecovered = false
  /// The number of messages that are not settled.
  public internal(set) var count = 0
  /// The number of those of them that were settled, as far as the caller is concerned, but whose
  /// mark the flash did not keep.
  public internal(set) var unmarkedCount = 0
  /// Messages that were damaged on flash and given up.
  public internal(set) var damagedCount = 0

  /// The bytes that the messages take.
  var liveByteCount = 0
  /// The block that is being filled, and its number; zero before the first.
  var head = 0
  var headOrder: UInt32 = 0
  /// Blocks with lower numbers do not count.
  var oldestOrder: UInt32 = 0
  /// Where in the head the next record goes.
  var end = 0
  /// The sequence number of the next message.
  public internal(set) var nextSequence: UInt32 = 1
  /// True while the records lie in the order of their sequence numbers.
  var isOrdered = true
  /// The record found last by `next`, from which to look further.
  var cursor = OutboxCursor()
  /// How the blocks are divided, known since `recover`.
  var layout = OutboxLayout()
  /// A bit for each block that has failed since the start.
  var badBlocks: UInt64 = 0

  /// Creates an outbox over `blocks`, whose messages are not known before `recover`.
  ///
  /// - Precondition: two blocks or more, and no more than 64.
  public init(blocks: Range<Int>) {
    precondition(blocks.count >= 2 && blocks.count <= 64)
    self.blocks = blocks
  }

  /// True if a message of this many bytes will ever find room.
  public func canHold(_ byteCount: Int, in geometry: FlashGeometry) -> Bool {
    let layout = OutboxLayout(geometry, blocks: blocks)
    return layout.canHold(layout.byteCount(content: byteCount))
  }

  /// True if there is room for a message of this many bytes.
  public func hasRoom(for byteCount: Int, in geometry: FlashGeometry) -> Bool {
    hasRoom(for: OutboxLayout(geometry, blocks: blocks).byteCount(content: byteCount))
  }

  /// The same for a record; where fewer than two blocks are left, `append` says so.
  private func hasRoom(for recordByteCount: Int) -> Bool {
    let layout = layout.without(badBlocks.nonzeroBitCount)
    return layout.blockCount < 2 || layout.hasRoom(for: recordByteCount, beside: liveByteCount)
  }

  mutating func setRecovered() { isRecovered = true }
}

/// A place to go on from.
struct OutboxCursor {
  var block = 0
  var order: UInt32 = 0
  var offset = 0
  var sequence: UInt32 = 0
}

// MARK: - Accepting and settling

extension Outbox {
  /// Accepts a message, given in two pieces: once this returns, it is on flash and was read back.
  ///
  /// - Precondition: `recover` was called.
  @inline(never)
  public mutating func append<Flash: FlashRegion & ~Copyable>(
    _ front: Span<UInt8>, _ rest: Span<UInt8>, priority: MessagePriority, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord {
    precondition(isRecovered && nextSequence < .max)
    let content = front.count + rest.count
    guard content <= Int(UInt16.max) else { throw .tooLarge }
    let byteCount = layout.byteCount(content: content)
    guard layout.canHold(byteCount) else { throw .tooLarge }
    guard hasRoom(for: byteCount) else { throw .full }
    var checksum = CRC32()
    checksum.add(front)
    checksum.add(rest)
    var begunCount = 0
    while true {
      guard headOrder > 0, end + byteCount <= layout.blockSize else {
        // Whoever has begun every block once has found no room that lasts.
        guard begunCount < blocks.count else { throw .full }
        begunCount += 1
        try beginBlock(on: &flash)
        continue
      }
      let record = OutboxRecord(
        sequence: nextSequence, priority: priority, byteCount: content,
        contentChecksum: checksum.value, offset: head * layout.blockSize + end)
      end += byteCount
      // A place that does not keep what is written to it is left behind.
      guard try write(record, front, rest, on: &flash) else { continue }
      nextSequence += 1
      count += 1
      liveByteCount += byteCount
      return record
    }
  }

  /// Settles a message, which was delivered or is given up: from now on it is not found any more.
  ///
  /// `place` is where the message was last seen. No effect on a message that is settled already.
  /// Where the flash does not keep the mark it throws `worn`, and the message stays: it will be
  /// delivered again after the next start.
  @inline(never)
  public mutating func settle<Flash: FlashRegion & ~Copyable>(
    _ place: OutboxPlace, on flash: inout Flash
  ) throws(OutboxFailure) {
    guard let found = try locate(place, on: &flash) else {
      // Damaged since, or settled already: what is left is counted anew.
      return try recover(on: &flash)
    }
    try mark(found, on: &flash)
    guard try isSettled(found, on: &flash) else {
      unmarkedCount += 1
      throw .worn
    }
    count -= 1
    liveByteCount -= layout.byteCount(content: found.byteCount)
    if count == 0 { isOrdered = true }
  }

  /// Where the message is by now; nil if it is settled.
  private mutating func locate<Flash: FlashRegion & ~Copyable>(
    _ place: OutboxPlace, on flash: inout Flash
  ) throws(OutboxFailure) -> OutboxRecord? {
    let offset = Int(place.offset)
    let block = offset / layout.blockSize
    if let header = try readBlock(block, on: &flash), header.order >= oldestOrder,
      let found = try readRecord(
        OutboxCursor(
          block: block, order: header.order, offset: offset - block * layout.blockSize),
        on: &flash),
      found.sequence == place.sequence
    {
      return try isSettled(found, on: &flash) ? nil : found
    }
    // It was moved, or its block has begun anew.
    let found = try next(after: place.sequence - 1, on: &flash)
    return found?.sequence == place.sequence ? found : nil
  }

  /// Programs the mark of a record.
  @inline(never)
  func mark<Flash: FlashRegion & ~Copyable>(
    _ record: OutboxRecord, on flash: inout Flash
  ) throws(OutboxFailure) {
    let zeros = [64 of UInt8](repeating: 0)
    let offset = record.offset + layout.markOffset(content: record.byteCount)
    do throws(Flash.FlashFailure) {
      try flash.program(zeros.span.extracting(first: layout.alignment), at: offset)
    } catch { throw .flash(error.kind) }
  }
}
