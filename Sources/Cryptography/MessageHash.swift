/// Hashes messages and authenticates them with a shared key.
///
/// For implementers: in software or by hardware, which is why a hash can fail.
public protocol MessageHash: ~Copyable {
  /// The SHA-256 digest of `message` (FIPS 180-4).
  mutating func sha256(_ message: Span<UInt8>) throws(HashFailure) -> [32 of UInt8]
  /// The HMAC-SHA-256 code of `message` under `key`, which may have any length (RFC 2104).
  ///
  /// To check a code use `ConstantTime.areEqual`.
  mutating func hmacSHA256(
    _ message: Span<UInt8>, key: Span<UInt8>
  ) throws(HashFailure) -> [32 of UInt8]
}

/// The hardware or library that hashes failed.
public struct HashFailure: Error, Equatable, Sendable {
  /// Creates the failure.
  public init() {}
}
