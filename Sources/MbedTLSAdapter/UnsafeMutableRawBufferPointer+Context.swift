extension UnsafeMutableRawBufferPointer {
  /// The address of a context of `byteCount` bytes in this storage, which must suit it.
  func contextAddress(byteCount: Int, alignment: Int) -> OpaquePointer {
    guard let start = baseAddress else { preconditionFailure("there is no storage") }
    precondition(count >= byteCount, "the storage is too small")
    precondition(UInt(bitPattern: start) % UInt(alignment) == 0, "the storage is not aligned")
    return OpaquePointer(start)
  }
}
