/// Signs with the device's private key, which it never gives away.
///
/// For implementers: the key may live in a library's memory or in a secure element.
public protocol TokenSigner: ~Copyable {
  /// The one algorithm that the key serves.
  var signatureAlgorithm: SignatureAlgorithm { get }
  /// Puts the signature of `message` at the front of `space` and returns its length.
  ///
  /// ES256 gives the 64 bytes r || s of RFC 7518 section 3.4, RS256 as many as the modulus has.
  mutating func sign(
    _ message: Span<UInt8>, into space: inout MutableSpan<UInt8>
  ) throws(SigningFailure) -> Int
}

/// Why there is no signature.
public enum SigningFailure: Error, Equatable, Sendable {
  /// There is no private key, or it cannot be used.
  case noKey
  /// The random generator has not been seeded.
  case notSeeded
  /// The signature does not fit the given space.
  case overflow
  /// The library or the hardware failed, or gave a signature that does not verify.
  case internalFailure
}
