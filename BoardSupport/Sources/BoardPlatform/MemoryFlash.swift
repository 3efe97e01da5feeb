public import Platform

/// Memory that behaves like flash: for boards and emulators whose flash cannot be programmed.
///
/// It obeys the rules of flash, so that what works on it works there: programming turns ones into
/// zeros, erasing makes a block all ones.
@safe
public struct MemoryFlash: FlashRegion {
  /// The sizes that it pretends to have.
  public let flashGeometry: FlashGeometry
  private let address: UInt

  /// Uses the memory at `unsafeAddress`.
  ///
  /// - Warning: as many bytes as the geometry says must be nobody else's.
  @unsafe public init(unsafeAddress address: UInt, geometry: FlashGeometry) {
    self.address = address
    flashGeometry = geometry
  }

  /// Fills `space` with the bytes from `offset` on.
  public mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) {
    precondition(offset >= 0 && offset + space.count <= flashGeometry.byteCount)
    for index in space.indices { space[index] = unsafe memory[offset + index] }
  }

  /// Programs `bytes` from `offset` on.
  public mutating func program(_ bytes: Span<UInt8>, at offset: Int) {
    precondition(offset >= 0 && offset + bytes.count <= flashGeometry.byteCount)
    for index in bytes.indices { unsafe memory[offset + index] &= bytes[index] }
  }

  /// Erases the block with index `block`.
  public mutating func erase(block: Int) {
    precondition(block >= 0 && block < flashGeometry.blockCount)
    let start = block * flashGeometry.blockSize
    for index in start..<start + flashGeometry.blockSize { unsafe memory[index] = 0xFF }
  }

  /// The caller of `init` vouches for it.
  private var memory: UnsafeMutableBufferPointer<UInt8> {
    unsafe UnsafeMutableBufferPointer(
      start: UnsafeMutablePointer(bitPattern: address), count: flashGeometry.byteCount)
  }
}
