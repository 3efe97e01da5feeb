import SwiftASN1
import X509

/// A certificate together with the key that it is about.
struct IssuedCertificate: Sendable {
  let certificate: Certificate
  let key: SigningKey

  func der() throws -> [UInt8] { try certificate.der() }
}

extension Certificate {
  func der() throws -> [UInt8] {
    var serializer = DER.Serializer()
    try serializer.serialize(self)
    return serializer.serializedBytes
  }
}
