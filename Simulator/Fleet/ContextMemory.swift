/// Memory for the contexts of the C library, which never moves while they live.
final class ContextMemory: @unchecked Sendable {
  // Written only through the contexts, each of which has one owner.
  private let memory: UnsafeMutableRawPointer
  private let stride: Int

  /// Reserves room for `count` contexts.
  init(count: Int, byteCount: Int, alignment: Int) {
    stride = (byteCount + alignment - 1) / alignment * alignment
    memory = .allocate(byteCount: stride * count, alignment: alignment)
  }

  deinit { memory.deallocate() }

  /// The room of the context at `index`.
  func room(at index: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: memory + index * stride, count: stride)
  }
}
