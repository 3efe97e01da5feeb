import CMbedTLS

/// The root certificates that servers must chain to, for any number of backends on any thread.
///
/// Add all roots first, then create the backends: these read them without a lock.
@safe
public struct MbedTLSRoots: ~Copyable {
  /// Why a root was not taken.
  public enum Failure: Error, Equatable, Sendable {
    /// The bytes are not a certificate in DER, or its key is of a kind nobody can use.
    case malformed
    /// The fixed memory of the library is used up.
    case outOfMemory
  }

  /// The context, inside the owner's storage, set up by `init` and freed by `deinit`.
  let roots: OpaquePointer

  /// The number of bytes that a set of roots needs, however many there are.
  public static var storageByteCount: Int { swiftlet_roots_size() }

  /// The alignment that the storage needs, in bytes.
  public static var storageAlignment: Int { swiftlet_roots_alignment() }

  /// Creates an empty set, which no server satisfies.
  ///
  /// - Precondition: the storage has `storageByteCount` bytes or more, aligned to
  ///   `storageAlignment`.
  /// - Warning: the storage must stay where it is, and nobody else may use it, as long as the set
  ///   lives; the set must outlive every backend that was created with it.
  public init(unsafeStorage storage: UnsafeMutableRawBufferPointer) {
    // The address is inside the caller's storage, whose size and alignment are checked.
    unsafe roots = storage.contextAddress(
      byteCount: Self.storageByteCount, alignment: Self.storageAlignment)
    // The caller vouches for the storage.
    unsafe swiftlet_roots_init(roots)
  }

  deinit {
    // Set up by `init`, and freed nowhere else.
    unsafe swiftlet_roots_free(roots)
  }

  /// The number of roots.
  public var count: Int {
    // The context lives as long as this value.
    unsafe swiftlet_roots_count(roots)
  }

  /// Adds a copy of the certificate `der`.
  public mutating func add(der: Span<UInt8>) throws(Failure) {
    // The bytes are copied, so they need to live only during the call.
    try unsafe check(swiftlet_roots_add(roots, der.start, der.count, 0))
  }

  /// Adds the certificate at `der` without copying it, for roots that lie in flash.
  ///
  /// - Warning: the bytes must stay as they are as long as the set lives.
  public mutating func add(unsafeInPlace der: UnsafeBufferPointer<UInt8>) throws(Failure) {
    // The caller vouches for the life of the bytes.
    try unsafe check(swiftlet_roots_add(roots, der.baseAddress, der.count, 1))
  }

  private func check(_ result: Int32) throws(Failure) {
    switch result {
    case SWIFTLET_OK: break
    case SWIFTLET_OUT_OF_MEMORY: throw .outOfMemory
    default: throw .malformed
    }
  }
}

// Changing the set needs exclusive access to it; reading it changes nothing.
extension MbedTLSRoots: @unchecked Sendable {}
