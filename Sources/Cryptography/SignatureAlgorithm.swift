/// How a token is signed (RFC 7518 section 3.1).
public enum SignatureAlgorithm: Sendable {
  /// ECDSA on P-256 with SHA-256.
  case es256
  /// RSASSA-PKCS1-v1_5 with SHA-256.
  case rs256

  /// The name in a token's header.
  public var name: StaticString {
    switch self {
    case .es256: "ES256"
    case .rs256: "RS256"
    }
  }
}
