import Crypto
import CryptoExtras
import SwiftASN1
import X509

/// A private key for certificates, of either kind.
struct SigningKey: Sendable {
  let certificateKey: Certificate.PrivateKey
  let pem: String

  static func generate(_ kind: KeyKind) throws -> SigningKey {
    switch kind {
    case .rsa:
      let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
      return SigningKey(certificateKey: .init(key), pem: key.pkcs8PEMRepresentation)
    case .ec:
      let key = P256.Signing.PrivateKey()
      return SigningKey(certificateKey: .init(key), pem: key.pemRepresentation)
    }
  }
}
