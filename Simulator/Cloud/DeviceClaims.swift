import Foundation
import JWTKit

/// What a device's token says about itself.
struct DeviceClaims: JWTPayload, Equatable {
  /// `iat`: when it was issued, in seconds since 1970.
  var issuedAt: TimeInterval?
  /// `exp`: when it expires, in seconds since 1970.
  var expiresAt: TimeInterval?
  /// `aud`: whom it is for; empty if it does not say.
  var audience: [String]

  enum CodingKeys: String, CodingKey {
    case issuedAt = "iat"
    case expiresAt = "exp"
    case audience = "aud"
  }

  /// Creates claims.
  init(issuedAt: TimeInterval?, expiresAt: TimeInterval?, audience: [String]) {
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
    self.audience = audience
  }

  /// Reads claims; the audience is a string or a list of strings (RFC 7519 section 4.1.3).
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    issuedAt = try container.decodeIfPresent(TimeInterval.self, forKey: .issuedAt)
    expiresAt = try container.decodeIfPresent(TimeInterval.self, forKey: .expiresAt)
    do {
      audience = try container.decodeIfPresent(String.self, forKey: .audience).map { [$0] } ?? []
    } catch DecodingError.typeMismatch {
      audience = try container.decode([String].self, forKey: .audience)
    }
  }

  /// Nothing: the signature is jwt-kit's business, the claims are `TokenPolicy`'s.
  func verify(using key: some JWTAlgorithm) {}
}
