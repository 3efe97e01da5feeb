public import Foundation

/// A device as a Google-style registry lists it.
public struct RegistryDevice: Codable, Equatable, Sendable {
  /// The name of the device.
  public var id: String
  /// The keys with which the device may sign, up to three.
  public var credentials: [Credential]

  /// One key with which a device may sign.
  public struct Credential: Codable, Equatable, Sendable {
    /// The key.
    public var publicKey: PublicKey
    /// When the key stops being good; nil or 1970-01-01 00:00 UTC means never.
    public var expirationTime: Date?

    /// Creates a credential.
    public init(publicKey: PublicKey, expirationTime: Date? = nil) {
      self.publicKey = publicKey
      self.expirationTime = expirationTime
    }
  }

  /// A public key and its kind.
  public struct PublicKey: Codable, Equatable, Sendable {
    /// `ES256_PEM` or `RSA_PEM`.
    public var format: String
    /// The key in PEM, as SubjectPublicKeyInfo.
    public var key: String

    /// Creates a public key.
    public init(format: String, key: String) {
      self.format = format
      self.key = key
    }
  }

  /// Creates a device.
  public init(id: String, credentials: [Credential]) {
    self.id = id
    self.credentials = credentials
  }

  /// The entry of a device with one key, good until `expirationTime`.
  public init(_ identity: DeviceIdentity, expirationTime: Date? = nil) {
    let publicKey = PublicKey(
      format: identity.algorithm.registryFormat, key: identity.publicKeyPEM)
    self.init(
      id: identity.id,
      credentials: [Credential(publicKey: publicKey, expirationTime: expirationTime)])
  }
}
