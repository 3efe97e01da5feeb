import CMbedTLS
public import Cryptography

/// CTR_DRBG with AES-256, seeded by the caller alone: no operating system is asked for entropy.
extension MbedTLSBackend: RandomGenerator {
  /// True once `seed` has succeeded.
  public var isSeeded: Bool {
    // The context lives as long as this value.
    unsafe swiftlet_random_is_seeded(client) != 0
  }

  /// Mixes in all of `entropy`: 48 bytes or more at the first time, 32 or more later.
  public mutating func seed(_ entropy: Span<UInt8>) throws(RandomFailure) {
    // The bytes are used up before the call returns.
    try unsafe check(swiftlet_random_seed(client, entropy.start, entropy.count))
  }

  /// Fills `space` with random bytes.
  public mutating func fillRandom(_ space: inout MutableSpan<UInt8>) throws(RandomFailure) {
    let client = unsafe client
    // C writes no more than `count` bytes, and keeps no pointer.
    let result = unsafe space.withUnsafeMutableBufferPointer {
      unsafe swiftlet_random_fill(client, $0.baseAddress, $0.count)
    }
    try check(result)
  }

  private func check(_ result: Int32) throws(RandomFailure) {
    switch result {
    case SWIFTLET_OK: break
    case SWIFTLET_NOT_SEEDED: throw .notSeeded
    default: throw .internalFailure
    }
  }
}
