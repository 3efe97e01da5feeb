import Foundation
import JWTKit
import Provisioning

/// Checks a token: its form, its signature by one of a device's keys, and its claims.
struct TokenVerifier: Sendable {
  let policy: TokenPolicy
  let audience: String

  /// The moment a token expires that one of `keys` made, in seconds since 1970, or what is wrong.
  func check(
    _ token: [UInt8], keys: [RegistryKey], now: Date
  ) async -> Result<TimeInterval, RefusalReason> {
    guard Self.isCompactSerialization(token),
      let unverified = try? DefaultJWTParser().parse(token, as: DeviceClaims.self)
    else { return .failure(.malformedToken) }
    let candidates = keys.filter {
      $0.isActive(at: now) && $0.algorithm.rawValue == unverified.header.alg
    }
    guard !candidates.isEmpty else { return .failure(.algorithm) }
    for key in candidates {
      guard let claims = await Self.verify(token, key: key.publicKey) else { continue }
      if let refusal = policy.refusal(of: claims, audience: audience, now: now) {
        return .failure(refusal)
      }
      // Not nil: the policy asks for it.
      return claims.expiresAt.map { .success($0) } ?? .failure(.claimMissing)
    }
    return .failure(.signature)
  }

  private static func verify(_ token: [UInt8], key: RegistryKey.PublicKey) async -> DeviceClaims? {
    let collection = JWTKeyCollection()
    switch key {
    case .es256(let key): await collection.add(ecdsa: key)
    case .rs256(let key): await collection.add(rsa: key, digestAlgorithm: .sha256)
    }
    // Any failure means the same: this key does not vouch for these bytes.
    return try? await collection.verify(token)
  }

  /// True for three parts in base64url without padding, as ClearBlade insists (RFC 7515 section 2).
  static func isCompactSerialization(_ token: [UInt8]) -> Bool {
    let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isBase64URL) }
  }

  private static func isBase64URL(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension RefusalReason: Error {}
