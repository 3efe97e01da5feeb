extension BoardPlatform: FlashRegion {
  /// The sizes of the board's state region.
  public var flashGeometry: FlashGeometry { hardware.flash.flashGeometry }

  /// Fills `space` with the bytes from `offset` on.
  public mutating func read(
    at offset: Int, into space: inout MutableSpan<UInt8>
  ) throws(Hardware.Flash.FlashFailure) {
    try hardware.flash.read(at: offset, into: &space)
  }

  /// Programs `bytes` from `offset` on.
  public mutating func program(
    _ bytes: Span<UInt8>, at offset: Int
  ) throws(Hardware.Flash.FlashFailure) {
    enter(.flash)
    defer { enter(.active) }
    try hardware.flash.program(bytes, at: offset)
  }

  /// Erases the block with index `block`.
  public mutating func erase(block: Int) throws(Hardware.Flash.FlashFailure) {
    enter(.flash)
    defer { enter(.active) }
    try hardware.flash.erase(block: block)
  }
}
