/// A region of NOR flash, or something that behaves like it.
///
/// For implementers: erased bytes read 0xFF; programming turns ones into zeros. Calls may block for
/// as long as the hardware takes. A power cut during `program` or `erase` may leave any bits in the
/// unit at hand, and must leave all others as they were.
public protocol FlashRegion: ~Copyable {
  /// Why the flash did not obey.
  associatedtype FlashFailure: PlatformFailure
  /// The sizes of the region, which never change.
  var flashGeometry: FlashGeometry { get }
  /// Fills `space` with the bytes from `offset` on; they lie within the region.
  mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(FlashFailure)
  /// Programs `bytes` from `offset` on: both are multiples of the program unit, within one block,
  /// and erased.
  mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(FlashFailure)
  /// Erases the block with index `block`.
  mutating func erase(block: Int) throws(FlashFailure)
}

/// The sizes that programming and erasing come in.
public struct FlashGeometry: Sendable {
  /// Bytes that are programmed together, a power of two from 1 to 64.
  public let programUnit: Int
  /// Bytes that are erased together, a multiple of the program unit.
  public let blockSize: Int
  /// The number of blocks, at least two.
  public let blockCount: Int

  /// Creates a geometry; it traps where the sizes do not fit each other.
  public init(programUnit: Int, blockSize: Int, blockCount: Int) {
    precondition(programUnit >= 1 && programUnit <= 64 && programUnit & (programUnit - 1) == 0)
    precondition(blockSize >= programUnit && blockSize % programUnit == 0)
    precondition(blockCount >= 2)
    self.programUnit = programUnit
    self.blockSize = blockSize
    self.blockCount = blockCount
  }

  /// The size of the whole region in bytes.
  public var byteCount: Int { blockSize * blockCount }
}
