import Bytes

/// The header of a block of the outbox, which is written once the block holds what was moved to it.
///
///     offset  size  content
///          0     4  the block's number, one more for each block begun; never zero
///          4     4  the number of the oldest block that counts
///          8     4  the sequence number that the next message had then
///         12     4  CRC-32 over "OB" 0 1 and all before
struct OutboxBlock {
  let order: UInt32
  let oldestOrder: UInt32
  let nextSequence: UInt32

  static var headerByteCount: Int { OutboxHeader.byteCount }

  init(order: UInt32, oldestOrder: UInt32, nextSequence: UInt32) {
    self.order = order
    self.oldestOrder = oldestOrder
    self.nextSequence = nextSequence
  }

  /// Reads a header; nil if it is none.
  init?(_ header: Span<UInt8>) {
    guard let header = OutboxHeader(header, checksum: Self.checksum), header.first > 0,
      header.second > 0, header.second <= header.first, header.third > 0
    else { return nil }
    self.init(order: header.first, oldestOrder: header.second, nextSequence: header.third)
  }

  var header: [16 of UInt8] {
    OutboxHeader(order, oldestOrder, nextSequence).bytes(checksum: Self.checksum)
  }

  private static var checksum: CRC32 {
    var checksum = CRC32()
    // The form's name and version, so that another one is never taken for this.
    checksum.add(littleEndian: 0x0100_424F)
    return checksum
  }
}
