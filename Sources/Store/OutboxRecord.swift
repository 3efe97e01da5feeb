import Bytes

/// A message on flash: what its header says, and where it lies.
///
/// The header, numbers little-endian:
///
///     offset  size  content
///          0     2  the length of the content
///          2     1  the priority
///          3     1  zero
///          4     4  sequence number, one more for each message
///          8     4  CRC-32 over the content
///         12     4  CRC-32 over the block's number, the offset in the region, and all before
///
/// That the last one covers the place keeps a message that looks like a record from being taken for
/// one after damage.
public struct OutboxRecord: Equatable, Sendable {
  /// The number of the message, in the order in which messages were accepted; never zero.
  public let sequence: UInt32
  /// How much it matters.
  public let priority: MessagePriority
  /// The length of its content in bytes, 65535 at most.
  public let byteCount: Int
  /// Where it begins in the region.
  let offset: Int
  let contentChecksum: UInt32

  static var headerByteCount: Int { OutboxHeader.byteCount }

  /// The message and its place, for `Outbox.settle`.
  public var place: OutboxPlace {
    OutboxPlace(sequence: sequence, offset: UInt32(truncatingIfNeeded: offset))
  }

  /// Where its content begins in the region.
  var contentOffset: Int { offset + Self.headerByteCount }

  /// Reads a header found at `offset` in the block with the number `order`; nil if it is none.
  init?(_ header: Span<UInt8>, at offset: Int, order: UInt32) {
    // The cheap questions first: erased flash is looked at most often.
    guard header[3] == 0, let priority = MessagePriority(rawValue: header[2]),
      let header = OutboxHeader(header, checksum: Self.checksum(at: offset, order: order))
    else { return nil }
    byteCount = Int(truncatingIfNeeded: header.first & 0xFFFF)
    self.priority = priority
    sequence = header.second
    contentChecksum = header.third
    self.offset = offset
  }

  init(
    sequence: UInt32, priority: MessagePriority, byteCount: Int, contentChecksum: UInt32,
    offset: Int
  ) {
    self.sequence = sequence
    self.priority = priority
    self.byteCount = byteCount
    self.contentChecksum = contentChecksum
    self.offset = offset
  }

  /// The same message at another place.
  func moved(to offset: Int) -> OutboxRecord {
    OutboxRecord(
      sequence: sequence, priority: priority, byteCount: byteCount,
      contentChecksum: contentChecksum, offset: offset)
  }

  /// The header for its place, in the block with the number `order`.
  func header(order: UInt32) -> [16 of UInt8] {
    let first =
      UInt32(truncatingIfNeeded: byteCount) | UInt32(truncatingIfNeeded: priority.rawValue) &<< 16
    return OutboxHeader(first, sequence, contentChecksum)
      .bytes(checksum: Self.checksum(at: offset, order: order))
  }

  private static func checksum(at offset: Int, order: UInt32) -> CRC32 {
    var checksum = CRC32()
    checksum.add(littleEndian: order)
    checksum.add(littleEndian: UInt32(truncatingIfNeeded: offset))
    return checksum
  }
}
