import Bytes
import Platform

/// A header and what follows it on their way to flash: programmed 64 bytes at a time and read back,
/// the units of the header last, so that nothing counts that is not whole.
struct OutboxPiece: ~Copyable {
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
    self.offset = offset &+ headerLimit
    self.layout = layout
  }

  /// Adds bytes; false where some that were programmed are not what is read.
  @inline(never)
  mutating func add<Flash: FlashRegion & ~Copyable>(
    _ bytes: Span<UInt8>, on flash: inout Flash
  ) throws(OutboxFailure) -> Bool {
    for index in bytes.indices {
      if headerCount < headerLimit {
        header[headerCount] = bytes[index]
        headerCount &+= 1
        continue
      }
      buffer[count] = bytes[index]
      count &+= 1
      if count == 64 {
        guard try program(buffer, 64, at: offset, on: &flash) else { return false }
        offset &+= 64
        count = 0
      }
    }
    return true
  }

  /// Programs what is left, filled up with ones to whole units, and then the header.
  @inline(never)
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

  @inline(never)
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
