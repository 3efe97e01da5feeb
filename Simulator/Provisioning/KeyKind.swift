/// The kind of key in a server's certificates.
public enum KeyKind: String, CaseIterable, Codable, Sendable {
  /// RSA of 2048 bits, as most public clouds serve.
  case rsa
  /// The elliptic curve P-256.
  case ec
}
