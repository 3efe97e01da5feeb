/// The kinds of keys in server certificates.
enum KeyType: String, Sendable, CaseIterable {
  case rsa
  case ec

  /// What `openssl genpkey` wants to hear.
  var arguments: [String] {
    switch self {
    case .rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
    case .ec: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    }
  }
}
