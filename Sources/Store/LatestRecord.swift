import Bytes
public import Platform

/// The latest value of a small record on flash, which no power cut can lose.
///
/// **Promise.** Once `write` has returned, `read` finds that value. Where the power was cut during
/// `write` it finds that value or the one before, whole.
///
/// **How.** Blocks are divided into slots, which are filled one after the other, block after block;
/// a block is erased only when it is its turn, and the latest value never lies in it. So wear is
/// spread evenly, and looking at every slot once finds the latest. A slot that was torn has a wrong
/// checksum and is passed over.
///
/// A slot, numbers little-endian:
///
///     offset  size  content
///          0     4  sequence number, one more for each value
///          4     2  the length of the value
///          6     2  the same, every bit inverted
///          8        the value, then 0xFF
///        -4     4  CRC-32 over all before it
///
/// `slotSize` is a multiple of the flash's program unit, and so of 64 to be sure; 12 of its bytes
/// are not the value's.
public struct LatestRecord<let slotSize: Int>: ~Copyable {
  /// The blocks of the flash that it uses, two or more, and nobody else.
  public let blocks: Range<Int>

  /// The slot read or written last: it holds the latest value if there is one.
  private var slot = FixedBytes<slotSize>()
  /// The number of the latest value; zero where there is none.
  private var sequence: UInt32 = 0
  /// Where the latest value is, or where the first one will not be.
  private var place: Place

  /// A slot's place.
  private struct Place {
    var block: Int
    var index: Int
  }

  /// Creates a record whose value has not been read.
  ///
  /// - Precondition: two blocks or more.
  public init(blocks: Range<Int>) {
    precondition(blocks.count >= 2 && slotSize > Self.overhead)
    self.blocks = blocks
    place = Place(block: blocks.upperBound - 1, index: .max - 1)
  }

  /// The bytes of a slot that are not the value's.
  public static var overhead: Int { 12 }

  /// The longest value, in bytes.
  public static var capacity: Int { slotSize - overhead }

  /// The latest value; empty where none was read or written yet.
  public var value: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let end = sequence == 0 ? Self.header : Self.header + Self.length(of: slot.span)
      return slot.span.extracting(min(Self.header, slot.count)..<min(end, slot.count))
    }
  }

  /// Finds the latest value, looking at every slot once, and again at the one it is in.
  public mutating func read<Flash: FlashRegion & ~Copyable>(
    from flash: inout Flash
  ) throws(StoreFailure) {
    sequence = 0
    let slots = slotCount(flash.flashGeometry)
    for block in blocks {
      for index in 0..<slots {
        try load(Place(block: block, index: index), from: &flash)
        guard Self.isWhole(slot.span), slot.span.littleEndian32 > sequence else { continue }
        sequence = slot.span.littleEndian32
        place = Place(block: block, index: index)
      }
    }
    if sequence > 0 { try load(place, from: &flash) } else { slot.wipe() }
  }

  /// Makes `value` the latest, on flash.
  ///
  /// After a failure the value before is still there, and `read` finds it.
  ///
  /// - Precondition: `read` was called, and the value is not longer than `capacity`.
  public mutating func write<Flash: FlashRegion & ~Copyable>(
    _ value: Span<UInt8>, on flash: inout Flash
  ) throws(StoreFailure) {
    precondition(value.count <= Self.capacity && sequence < .max)
    let slots = slotCount(flash.flashGeometry)
    var next = place
    // Every slot of every block is tried once at most.
    for _ in 0..<blocks.count * slots {
      next.index += 1
      if next.index >= slots {
        next = Place(
          block: next.block + 1 == blocks.upperBound ? blocks.lowerBound : next.block + 1, index: 0)
        // Back where the latest value is: nothing else obeys.
        guard sequence == 0 || next.block != place.block else { throw .worn }
        try erase(next.block, of: &flash)
      }
      try load(next, from: &flash)
      guard isErased else { continue }
      fill(with: value)
      guard try program(next, of: &flash) else { continue }
      sequence += 1
      place = next
      return
    }
    throw .worn
  }

  /// Forgets the value in memory; on flash it stays.
  public mutating func wipe() {
    slot.wipe()
    sequence = 0
  }

  private static var header: Int { 8 }

  private static func length(of slot: Span<UInt8>) -> Int {
    Int(slot.extracting(droppingFirst: 4).littleEndian16)
  }

  private static func isWhole(_ slot: Span<UInt8>) -> Bool {
    let length = slot.extracting(droppingFirst: 4).littleEndian16
    let end = slotSize - 4
    return length == ~slot.extracting(droppingFirst: 6).littleEndian16 && Int(length) <= capacity
      && CRC32(of: slot.extracting(first: end)).value
        == slot.extracting(droppingFirst: end).littleEndian32
  }

  private var isErased: Bool {
    let bytes = slot.span
    for index in bytes.indices where bytes[index] != 0xFF { return false }
    return true
  }

  private func slotCount(_ geometry: FlashGeometry) -> Int {
    precondition(slotSize % geometry.programUnit == 0 && blocks.upperBound <= geometry.blockCount)
    let count = geometry.blockSize / slotSize
    precondition(count > 0, "a slot does not fit a block")
    return count
  }

  private func offset(of place: Place, _ geometry: FlashGeometry) -> Int {
    place.block * geometry.blockSize + place.index * slotSize
  }

  /// Puts the next value into the slot in memory.
  private mutating func fill(with value: Span<UInt8>) {
    slot.removeAll()
    var writer = ByteWriter(slot.freeSpace)
    let length = UInt16(truncatingIfNeeded: value.count)
    do throws(Overflow) {
      try writer.write(littleEndian: sequence + 1)
      try writer.write(littleEndian: length)
      try writer.write(littleEndian: ~length)
      try writer.write(value)
      while writer.count < slotSize - 4 { try writer.write(0xFF) }
    } catch { preconditionFailure("a value within the capacity fits") }
    slot.commit(slotSize - 4)
    let checksum = CRC32(of: slot.span).value
    var end = ByteWriter(slot.freeSpace)
    do { try end.write(littleEndian: checksum) } catch {
      preconditionFailure("four bytes are left")
    }
    slot.commit(4)
  }

  private mutating func load<Flash: FlashRegion & ~Copyable>(
    _ place: Place, from flash: inout Flash
  ) throws(StoreFailure) {
    slot.removeAll()
    let offset = offset(of: place, flash.flashGeometry)
    var space = slot.freeSpace
    do throws(Flash.FlashFailure) { try flash.read(at: offset, into: &space) } catch {
      throw .flash(error.kind)
    }
    slot.commit(slotSize)
  }

  private func erase<Flash: FlashRegion & ~Copyable>(
    _ block: Int, of flash: inout Flash
  ) throws(StoreFailure) {
    do throws(Flash.FlashFailure) { try flash.erase(block: block) } catch {
      throw .flash(error.kind)
    }
  }

  /// Programs the slot in memory and reads it back; false where that is not what was written.
  private mutating func program<Flash: FlashRegion & ~Copyable>(
    _ place: Place, of flash: inout Flash
  ) throws(StoreFailure) -> Bool {
    do throws(Flash.FlashFailure) {
      try flash.program(slot.span, at: offset(of: place, flash.flashGeometry))
    } catch {
      throw .flash(error.kind)
    }
    let wanted = CRC32(of: slot.span).value
    try load(place, from: &flash)
    return CRC32(of: slot.span).value == wanted && Self.isWhole(slot.span)
  }
}
