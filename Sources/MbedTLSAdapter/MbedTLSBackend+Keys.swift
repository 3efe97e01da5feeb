import CMbedTLS
public import Cryptography

extension MbedTLSBackend {
  /// Takes the device's private key from DER: SEC 1 or PKCS #8 on P-256, PKCS #1 or #8 for RSA.
  ///
  /// The key before it is wiped, and its certificates go with it; a failure leaves both in use.
  ///
  /// - Precondition: no handshake is under way.
  public mutating func useKey(der: Span<UInt8>) throws(KeyFailure) {
    requireNoHandshake()
    // The key is parsed into memory of the library, so its bytes need to live only during the call.
    try unsafe check(swiftlet_key_use(client, der.start, der.count))
  }

  /// Adds a certificate that the device shows to servers which ask for one (mutual TLS).
  ///
  /// The first must be that of the key, each further one that of the issuer of the one before it.
  ///
  /// - Precondition: no handshake is under way.
  public mutating func useCertificate(der: Span<UInt8>) throws(KeyFailure) {
    requireNoHandshake()
    // The library copies the bytes.
    try unsafe check(swiftlet_certificate_add(client, der.start, der.count))
  }

  private func requireNoHandshake() {
    if case .handshaking = connection { preconditionFailure("a handshake uses the key") }
  }

  private func check(_ result: Int32) throws(KeyFailure) {
    switch result {
    case SWIFTLET_OK: break
    case SWIFTLET_UNSUPPORTED: throw .unsupported
    case SWIFTLET_MISMATCH: throw .mismatch
    case SWIFTLET_NO_KEY: throw .noKey
    case SWIFTLET_OUT_OF_MEMORY: throw .outOfMemory
    default: throw .malformed
    }
  }
}
