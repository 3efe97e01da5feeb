extension Span where Element == UInt8 {
  /// The address of the first byte, or nil where there is none.
  ///
  /// Only for a span that is an argument of the function that uses the address: the caller keeps
  /// alive what the span borrows until that function returns.
  @unsafe var start: UnsafePointer<UInt8>? {
    // A span does not hold its bytes, so that they stay where they are after the closure.
    unsafe withUnsafeBufferPointer { $0.baseAddress }
  }
}
