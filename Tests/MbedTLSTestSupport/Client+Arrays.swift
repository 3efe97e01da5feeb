public import Cryptography

/// The backend's calls over arrays, because `#expect` can hold neither spans nor the backend.
extension Client {
  /// True once `seed` has succeeded.
  public var isSeeded: Bool { backend.isSeeded }

  /// The algorithm that the key serves.
  public var signatureAlgorithm: SignatureAlgorithm { backend.signatureAlgorithm }

  /// Mixes in `entropy`.
  public func seed(_ entropy: [UInt8]) throws { try backend.seed(entropy.span) }

  /// Draws `count` random bytes.
  public func draw(_ count: Int) throws -> [UInt8] {
    var drawn = [UInt8](repeating: 0, count: count)
    var space = drawn.mutableSpan
    try backend.fillRandom(&space)
    return drawn
  }

  /// Takes a private key in DER.
  public func useKey(_ der: [UInt8]) throws { try backend.useKey(der: der.span) }

  /// Takes a certificate in DER.
  public func useCertificate(_ der: [UInt8]) throws { try backend.useCertificate(der: der.span) }

  /// Signs `message` into `room` bytes of space.
  public func sign(_ message: [UInt8], room: Int = 512) throws -> [UInt8] {
    var signature = [UInt8](repeating: 0xA5, count: room)
    var space = signature.mutableSpan
    let count = try backend.sign(message.span, into: &space)
    return Array(signature.prefix(count))
  }

  /// True if `signature` is right under the point `key`.
  public func verifyES256(_ signature: [UInt8], of message: [UInt8], key: [UInt8]) -> Bool {
    backend.verifyES256(signature.span, of: message.span, publicKey: key.span)
  }

  /// True if `signature` is right under `modulus` and `exponent`.
  public func verifyRS256(
    _ signature: [UInt8], of message: [UInt8], modulus: [UInt8], exponent: [UInt8]
  ) -> Bool {
    backend.verifyRS256(
      signature.span, of: message.span, modulus: modulus.span, exponent: exponent.span)
  }

  /// The SHA-256 digest of `message`.
  public func sha256(_ message: [UInt8]) throws -> [UInt8] {
    let digest = try backend.sha256(message.span)
    return digest.indices.map { digest[$0] }
  }

  /// The HMAC-SHA-256 code of `message` under `key`.
  public func hmacSHA256(_ message: [UInt8], key: [UInt8]) throws -> [UInt8] {
    let code = try backend.hmacSHA256(message.span, key: key.span)
    return code.indices.map { code[$0] }
  }
}
