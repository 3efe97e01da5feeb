/// Verifies signatures with public keys: for received updates, and to check our own signatures.
public protocol SignatureVerifier: ~Copyable {
  /// True if `signature`, 64 bytes r || s, is an ES256 signature of `message` under `publicKey`.
  ///
  /// The key is an uncompressed point of P-256: 65 bytes, of which the first is 4 (SEC 1 section
  /// 2.3.3).
  mutating func verifyES256(
    _ signature: Span<UInt8>, of message: Span<UInt8>, publicKey: Span<UInt8>
  ) -> Bool
  /// True if `signature` is an RS256 signature of `message` under the key (`modulus`, `exponent`).
  ///
  /// Both are big-endian numbers without leading zeros; a modulus below 2048 bits never verifies.
  mutating func verifyRS256(
    _ signature: Span<UInt8>, of message: Span<UInt8>,
    modulus: Span<UInt8>, exponent: Span<UInt8>
  ) -> Bool
}
