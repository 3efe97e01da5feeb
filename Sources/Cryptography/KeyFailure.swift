/// Why a private key or a certificate was not taken.
public enum KeyFailure: Error, Equatable, Sendable {
  /// The bytes are not a key or certificate in DER, or its halves do not belong together.
  case malformed
  /// The key is neither on P-256 nor RSA of 2048 to 4096 bits.
  ///
  /// A curve that the library was built without counts as malformed.
  case unsupported
  /// The certificate is not that of the key.
  case mismatch
  /// There is no key that the certificate could belong to.
  case noKey
  /// The fixed memory of the library is used up.
  case outOfMemory
}
