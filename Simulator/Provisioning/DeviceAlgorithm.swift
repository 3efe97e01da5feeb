/// How a device signs its tokens, by the names of RFC 7518 section 3.1.
public enum DeviceAlgorithm: String, CaseIterable, Codable, Sendable {
  /// ECDSA on P-256 with SHA-256.
  case es256 = "ES256"
  /// RSASSA-PKCS1-v1_5 of 2048 bits with SHA-256.
  case rs256 = "RS256"

  /// The name that a Google-style registry gives to a public key of this kind.
  public var registryFormat: String {
    switch self {
    case .es256: "ES256_PEM"
    case .rs256: "RSA_PEM"
    }
  }

  /// The algorithm of keys that a registry calls `registryFormat`, or nil.
  public init?(registryFormat: String) {
    switch registryFormat {
    case "ES256_PEM": self = .es256
    case "RSA_PEM": self = .rs256
    default: return nil
    }
  }
}
