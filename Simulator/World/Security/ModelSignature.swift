import Jitter

/// Signatures without cryptography: bytes that a key and a message decide.
enum ModelSignature {
  /// The number of bytes of a signature.
  static func byteCount(isRSA: Bool) -> Int { isRSA ? 256 : 64 }

  /// A hash of bytes, good enough to tell them from others that nobody has chosen on purpose.
  static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var value = UInt64(bytes.count)
    var index = 0
    while index + 8 <= bytes.count {
      value = Draw.mix(value, bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    while index < bytes.count {
      value = Draw.mix(value, UInt64(bytes[index]))
      index += 1
    }
    return value
  }

  /// Writes the signature of `message` under `key`.
  static func write(
    key: UInt64, _ message: UnsafeRawBufferPointer, to space: UnsafeMutableRawBufferPointer
  ) {
    var stream = SplitMix64(seed: Draw.mix(key, hash(message)))
    for index in space.indices { space[index] = UInt8(truncatingIfNeeded: stream.next() >> 24) }
  }
}
