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

  static var headerByteCount: Int { 16 }

  init(order: UInt32, oldestOrder: UInt32, nextSequence: UInt32) {
    self.order = order
    self.oldestOrder = oldestOrder
    self.nextSequence = nextSequence
  }

  /// Reads a header; nil if it is none.
  init?(_ header: Span<UInt8>) {
    let first = header.littleEndian32
    let second = header.extracting(droppingFirst: 4).littleEndian32
    let third = header.extracting(droppingFirst: 8).littleEndian32
    guard
      header.extracting(droppingFirst: 12).littleEndian32 == Self.checksum(first, second, third),
      first > 0, second > 0, second <= first, third > 0
    else { return nil }
    self.init(order: first, oldestOrder: second, nextSequence: third)
  }

  var header: [16 of UInt8] {
    var bytes = [16 of UInt8](repeating: 0)
    var writer = ByteWriter(bytes.mutableSpan)
    do throws(Overflow) {
      try writer.write(littleEndian: order)
      try writer.write(littleEndian: oldestOrder)
      try writer.write(littleEndian: nextSequence)
      try writer.write(littleEndian: Self.checksum(order, oldestOrder, nextSequence))
    } catch { preconditionFailure("sixteen bytes fit") }
    return bytes
  }

  private static func checksum(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt32 {
    var checksum = CRC32()
    // The form's name and version, so that another one is never taken for this.
    checksum.add(littleEndian: 0x0100_424F)
    checksum.add(littleEndian: first)
    checksum.add(littleEndian: second)
    checksum.add(littleEndian: third)
    return checksum.value
  }
}
