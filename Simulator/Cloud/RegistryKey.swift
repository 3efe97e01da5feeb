public import Foundation
import JWTKit
public import Provisioning

/// A public key with which a device may sign.
public struct RegistryKey: Sendable {
  /// How tokens are signed with it.
  public let algorithm: DeviceAlgorithm
  /// When it stops being good, or nil for never.
  public let expiration: Date?

  let publicKey: PublicKey

  enum PublicKey: Sendable {
    case es256(ES256PublicKey)
    case rs256(Insecure.RSA.PublicKey)
  }

  /// Reads a key in PEM, as SubjectPublicKeyInfo.
  ///
  /// - Throws: an error of jwt-kit if the text is no such key, or RSA below 2048 bits.
  public init(
    algorithm: DeviceAlgorithm, publicKeyPEM: String, expiration: Date? = nil
  ) throws {
    self.algorithm = algorithm
    self.expiration = expiration
    switch algorithm {
    case .es256: publicKey = .es256(try ES256PublicKey(pem: publicKeyPEM))
    case .rs256: publicKey = .rs256(try Insecure.RSA.PublicKey(pem: publicKeyPEM))
    }
  }

  /// The key of `identity`.
  public init(_ identity: DeviceIdentity, expiration: Date? = nil) throws {
    try self.init(
      algorithm: identity.algorithm, publicKeyPEM: identity.publicKeyPEM, expiration: expiration)
  }

  func isActive(at now: Date) -> Bool {
    guard let expiration else { return true }
    return now < expiration
  }
}
