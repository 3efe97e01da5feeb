extension StaticString {
  /// The text as UTF-8, without a terminator.
  public var bytes: Span<UInt8> {
    @_lifetime(immortal)
    get {
      // A literal of more than one scalar is always stored as a pointer, and lives for ever.
      precondition(hasPointerRepresentation)
      let buffer = unsafe UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
      return unsafe _overrideLifetime(Span(_unsafeElements: buffer), borrowing: ())
    }
  }
}
