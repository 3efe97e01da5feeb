import Glibc
public import Platform

/// Flash kept in a file, with the manners of NOR flash: programming only clears bits.
public struct FileFlash: ~Copyable, FlashRegion {
  /// The sizes that the file was opened with.
  public let flashGeometry: FlashGeometry
  private let descriptor: Int32

  /// Opens the flash in the file at `path`, creating it erased.
  public init(path: String, geometry: FlashGeometry) throws(SystemFailure) {
    descriptor = try Self.open(path, size: geometry.byteCount)
    flashGeometry = geometry
  }

  deinit { Glibc.close(descriptor) }

  /// Fills `space` from the file.
  public mutating func read(
    at offset: Int, into space: inout MutableSpan<UInt8>
  ) throws(SystemFailure) {
    precondition(offset >= 0 && offset + space.count <= flashGeometry.byteCount)
    let descriptor = descriptor
    let (wanted, count) = space.withUnsafeMutableBufferPointer { buffer in
      (buffer.count, pread(descriptor, buffer.baseAddress, buffer.count, offset))
    }
    guard count == wanted else { throw count < 0 ? .latest : SystemFailure(code: EIO) }
  }

  /// Clears those bits in the file that are zero in `bytes`.
  public mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(SystemFailure) {
    let unit = flashGeometry.programUnit
    precondition(offset % unit == 0 && bytes.count % unit == 0)
    precondition(offset >= 0 && offset + bytes.count <= flashGeometry.byteCount)
    var content = [UInt8](repeating: 0, count: bytes.count)
    var space = content.mutableSpan
    try read(at: offset, into: &space)
    for index in bytes.indices { content[index] &= bytes[index] }
    try write(content, at: offset)
  }

  /// Sets all bits of a block.
  public mutating func erase(block: Int) throws(SystemFailure) {
    precondition(block >= 0 && block < flashGeometry.blockCount)
    let erased = [UInt8](repeating: 0xFF, count: flashGeometry.blockSize)
    try write(erased, at: block * flashGeometry.blockSize)
  }

  /// Opens the file, and fills it with erased bytes where it is new or of another size.
  private static func open(_ path: String, size: Int) throws(SystemFailure) -> Int32 {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .latest }
    var status = stat()
    let erased = [UInt8](repeating: 0xFF, count: size)
    let isReady =
      fstat(descriptor, &status) == 0
      && (Int(status.st_size) == size
        || pwrite(descriptor, erased, size, 0) == size && ftruncate(descriptor, size) == 0)
    guard isReady else {
      let failure = SystemFailure.latest
      Glibc.close(descriptor)
      throw failure
    }
    return descriptor
  }

  private func write(_ content: [UInt8], at offset: Int) throws(SystemFailure) {
    let count = pwrite(descriptor, content, content.count, offset)
    guard count == content.count else { throw count < 0 ? .latest : SystemFailure(code: EIO) }
  }
}
