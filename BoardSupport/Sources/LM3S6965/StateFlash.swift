import BoardPlatform
import Bytes
import CBoard
import CortexM
public import Platform

/// The flash that the device writes: the last four blocks of the LM3S6965's.
///
/// Where there is no flash controller, as in an emulator, a region of RAM stands in for it. It
/// keeps its content over a reset, and starts as the flash does when power comes.
public struct StateFlash: FlashRegion {
  /// Why the flash did not obey.
  public enum Failure: PlatformFailure {
    /// The bytes that were written are not those that can be read.
    case notWritten

    /// A flash that does not obey is broken or worn out.
    public var kind: PlatformFailureKind { .hardware }
  }

  /// Words of 4 bytes, blocks of 1 KB (data sheet, section 7.2).
  ///
  /// Two are the seed's, two the outbox's; flash would have room for more, but not the RAM that
  /// stands in for it.
  public static let geometry = FlashGeometry(programUnit: 4, blockSize: 1_024, blockCount: 4)

  /// Where the flash is.
  private static let address: UInt = 0x3_F000

  /// Creates the driver.
  public init() {}

  /// Finds out what there is, and makes it ready.
  static func start() {
    FlashController.start()
    guard !FlashController.isThere, board_persistent_is_filled() == 0 else { return }
    // Both have that many bytes.
    let flash = unsafe UnsafeBufferPointer(
      start: UnsafePointer<UInt8>(bitPattern: address), count: geometry.byteCount)
    for index in 0..<geometry.byteCount { unsafe board_persistent()[index] = flash[index] }
    board_persistent_filled()
  }

  /// The sizes of the region.
  public var flashGeometry: FlashGeometry { Self.geometry }

  /// Fills `space` with the bytes from `offset` on.
  public mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(Failure) {
    var memory = memory
    memory.read(at: offset, into: &space)
  }

  /// Programs `bytes`, whole words, from `offset` on.
  public mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(Failure) {
    var memory = memory
    guard FlashController.isThere else { return memory.program(bytes, at: offset) }
    let start = UInt32(Self.address) + UInt32(truncatingIfNeeded: offset)
    for index in stride(from: 0, to: bytes.count, by: 4) {
      let word = bytes.extracting(droppingFirst: index).littleEndian32
      let place = start + UInt32(truncatingIfNeeded: index)
      FlashController.program(word, at: place)
      guard Register(UInt(place)).load() == word else { throw .notWritten }
    }
  }

  /// Erases the block with index `block`.
  public mutating func erase(block: Int) throws(Failure) {
    var memory = memory
    guard FlashController.isThere else { return memory.erase(block: block) }
    let offset = block * Self.geometry.blockSize
    let start = Self.address + UInt(offset)
    FlashController.erase(at: UInt32(start))
    for place in stride(from: start, to: start + UInt(Self.geometry.blockSize), by: 4) {
      guard Register(place).load() == .max else { throw .notWritten }
    }
  }

  /// The flash as memory, or what stands in for it.
  private var memory: MemoryFlash {
    let standIn = unsafe UInt(bitPattern: board_persistent())
    return unsafe MemoryFlash(
      unsafeAddress: FlashController.isThere ? Self.address : standIn, geometry: Self.geometry)
  }
}
