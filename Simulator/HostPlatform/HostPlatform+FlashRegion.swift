import Glibc
public import Platform

/// A device of a live fleet has no flash: its messages wait in memory, as long as the process
/// lives.
extension HostPlatform: FlashRegion {
  /// The least that a region can have.
  public var flashGeometry: FlashGeometry {
    FlashGeometry(programUnit: 1, blockSize: 64, blockCount: 2)
  }

  /// Throws: there is nothing to read.
  public mutating func read(
    at offset: Int, into space: inout MutableSpan<UInt8>
  ) throws(SystemFailure) { throw SystemFailure(code: ENODEV) }

  /// Throws: there is nothing to program.
  public mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(SystemFailure) {
    throw SystemFailure(code: ENODEV)
  }

  /// Throws: there is nothing to erase.
  public mutating func erase(block: Int) throws(SystemFailure) { throw SystemFailure(code: ENODEV) }
}
