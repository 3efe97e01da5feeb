import CMbedTLS
public import Cryptography

/// ES256 with the nonce of RFC 6979, or RS256; each signature is verified before it is given out.
///
/// Verifying ES256 takes twice as long as signing. It is done all the same, because version 2.28.3
/// can give a wrong result without a word when memory runs out in the middle of a computation.
extension MbedTLSBackend: TokenSigner {
  /// The one algorithm that the key serves; without a key, when `sign` only fails, ES256.
  public var signatureAlgorithm: SignatureAlgorithm {
    // The context lives as long as this value.
    unsafe swiftlet_key_kind(client) == SWIFTLET_KEY_RSA ? .rs256 : .es256
  }

  /// Puts a verified signature of `message` at the front of `space` and returns its length.
  ///
  /// Where it fails, nothing of a signature is left in `space`.
  public mutating func sign(
    _ message: Span<UInt8>, into space: inout MutableSpan<UInt8>
  ) throws(SigningFailure) -> Int {
    let client = unsafe client
    // C writes no more than the space's count, and keeps no pointer.
    let outcome = unsafe space.withUnsafeMutableBufferPointer {
      unsafe swiftlet_key_sign(client, message.start, message.count, $0.baseAddress, $0.count)
    }
    switch outcome.result {
    case SWIFTLET_OK: return Int(outcome.detail)
    case SWIFTLET_NO_KEY: throw .noKey
    case SWIFTLET_NOT_SEEDED: throw .notSeeded
    case SWIFTLET_OVERFLOW: throw .overflow
    default: throw .internalFailure
    }
  }
}
