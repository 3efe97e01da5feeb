import CMbedTLS
public import Cryptography

extension MbedTLSBackend: SignatureVerifier {
  /// True if `signature` is an ES256 signature of `message` under the P-256 point `publicKey`.
  public mutating func verifyES256(
    _ signature: Span<UInt8>, of message: Span<UInt8>, publicKey: Span<UInt8>
  ) -> Bool {
    guard signature.count == 64, publicKey.count == 65, publicKey[0] == 4 else { return false }
    // The lengths that C takes for granted were just checked.
    return unsafe swiftlet_verify_es256(
      message.start, message.count, signature.start, publicKey.start) == SWIFTLET_OK
  }

  /// True if `signature` is an RS256 signature of `message`; keys have 2048 to 4096 bits.
  public mutating func verifyRS256(
    _ signature: Span<UInt8>, of message: Span<UInt8>,
    modulus: Span<UInt8>, exponent: Span<UInt8>
  ) -> Bool {
    // Each pointer comes with its length, and C keeps none of them.
    unsafe swiftlet_verify_rs256(
      message.start, message.count, signature.start, signature.count,
      modulus.start, modulus.count, exponent.start, exponent.count) == SWIFTLET_OK
  }
}
