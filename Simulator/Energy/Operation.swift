/// What the measuring firmware counts the instructions of.
public enum Operation: String, Sendable, CaseIterable, Codable {
  /// An ES256 signature over a token; the firmware's own check of the signature is part of it.
  case es256Sign
  /// An RS256 signature over a token, with a key of 2048 bits, the same check included.
  case rs256Sign
  /// A full TLS 1.2 handshake, ECDHE, with a server whose chain has RSA keys.
  case fullHandshakeRSAChain
  /// The same with a chain of P-256 keys only.
  case fullHandshakeECChain
  /// A full handshake, RSA chain, in which the device proves a P-256 certificate of its own.
  case fullHandshakeClientCertificate
  /// A handshake that resumes a session by its ticket.
  case resumedHandshake
  /// HMAC-SHA-256 over a short text.
  case hmacSHA256
  /// All that a device computes from one ES256 token to the next: token, farewell, resumed
  /// handshake, CONNECT and CONNACK.
  ///
  /// It is there to compare with: policies are priced from its parts. Not every table has it.
  case tokenRefresh
  /// A message of up to 256 bytes through MQTT and record protection.
  case publish

  /// Whether every table has to have it.
  public var isRequired: Bool { self != .tokenRefresh }

  /// What it is, in a few words.
  public var meaning: String {
    switch self {
    case .es256Sign: "ES256 signature"
    case .rs256Sign: "RS256 signature, 2048 bits"
    case .fullHandshakeRSAChain: "full handshake, RSA chain"
    case .fullHandshakeECChain: "full handshake, P-256 chain"
    case .fullHandshakeClientCertificate: "full handshake with a client certificate"
    case .resumedHandshake: "resumed handshake"
    case .hmacSHA256: "HMAC-SHA-256 of a short text"
    case .tokenRefresh: "renewal as a whole: ES256 token, resumed handshake, CONNECT"
    case .publish: "publish, up to 256 bytes"
    }
  }
}
