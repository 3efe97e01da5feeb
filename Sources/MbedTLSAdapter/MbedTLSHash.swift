import CMbedTLS
public import Cryptography

/// SHA-256 and HMAC by mbedTLS, for those who have no device at hand: it holds nothing.
public struct MbedTLSHash: MessageHash, Sendable {
  /// Creates the hash.
  public init() {}

  /// The SHA-256 digest of `message`.
  public mutating func sha256(_ message: Span<UInt8>) throws(HashFailure) -> [32 of UInt8] {
    var digest = [32 of UInt8](repeating: 0)
    var space = digest.mutableSpan
    // C reads the message and writes the 32 bytes that are there.
    let result = unsafe space.withUnsafeMutableBufferPointer {
      unsafe swiftlet_sha256(message.start, message.count, $0.baseAddress)
    }
    guard result == SWIFTLET_OK else { throw HashFailure() }
    return digest
  }

  /// The HMAC-SHA-256 code of `message` under `key`.
  public mutating func hmacSHA256(
    _ message: Span<UInt8>, key: Span<UInt8>
  ) throws(HashFailure) -> [32 of UInt8] {
    var code = [32 of UInt8](repeating: 0)
    var space = code.mutableSpan
    // C reads key and message and writes the 32 bytes that are there.
    let result = unsafe space.withUnsafeMutableBufferPointer {
      unsafe swiftlet_hmac_sha256(
        key.start, key.count, message.start, message.count, $0.baseAddress)
    }
    guard result == SWIFTLET_OK else { throw HashFailure() }
    return code
  }
}
