public import Cryptography

extension MbedTLSBackend: MessageHash {
  /// The SHA-256 digest of `message`.
  public mutating func sha256(_ message: Span<UInt8>) throws(HashFailure) -> [32 of UInt8] {
    var hash = MbedTLSHash()
    return try hash.sha256(message)
  }

  /// The HMAC-SHA-256 code of `message` under `key`.
  public mutating func hmacSHA256(
    _ message: Span<UInt8>, key: Span<UInt8>
  ) throws(HashFailure) -> [32 of UInt8] {
    var hash = MbedTLSHash()
    return try hash.hmacSHA256(message, key: key)
  }
}
