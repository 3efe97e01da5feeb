import Foundation
public import Provisioning

/// The devices that may connect, with their public keys.
public struct Registry: Sendable {
  /// The cloud project, which is the audience of tokens.
  public let project: String
  /// The region of the registry.
  public let region: String
  /// The name of the registry.
  public let name: String

  private var keys: [String: [RegistryKey]] = [:]

  /// The largest number of keys of one device.
  public static let keyMaximum = 3

  /// Creates a registry without devices.
  public init(project: String, region: String, name: String) {
    self.project = project
    self.region = region
    self.name = name
  }

  /// Reads the registry of an identity folder.
  ///
  /// - Throws: `IdentityFolderError` or `RegistryError`, which say what is wrong where.
  public init(folder: IdentityFolder) throws {
    let fleet = try folder.readFleet()
    self.init(project: fleet.project, region: fleet.region, name: fleet.registry)
    for device in try folder.readRegistry() {
      try register(device: device.id, keys: device.credentials.map { try Self.key($0, of: device) })
    }
  }

  /// The names of all devices, sorted.
  public var devices: [String] { keys.keys.sorted() }

  /// Adds a device or replaces its keys.
  ///
  /// - Throws: `RegistryError` if the name is not allowed, or there are more than three keys.
  public mutating func register(device: String, keys: [RegistryKey]) throws(RegistryError) {
    guard DeviceIdentity.isValid(id: device) else { throw .deviceID(device) }
    guard keys.count <= Self.keyMaximum else { throw .keyCount(device, keys.count) }
    self.keys[device] = keys
  }

  /// The client identifier with which `device` connects.
  public func clientID(of device: String) -> String { clientIDPrefix + device }

  /// The device that connects with `clientID`, or nil; it need not be registered.
  public func device(clientID: String) -> String? {
    guard clientID.hasPrefix(clientIDPrefix) else { return nil }
    let device = String(clientID.dropFirst(clientIDPrefix.count))
    return DeviceIdentity.isValid(id: device) ? device : nil
  }

  /// The keys of `device`, active or not, or nil if it is not registered.
  public func keys(of device: String) -> [RegistryKey]? { keys[device] }

  private var clientIDPrefix: String {
    "projects/\(project)/locations/\(region)/registries/\(name)/devices/"
  }

  private static func key(
    _ credential: RegistryDevice.Credential, of device: RegistryDevice
  ) throws -> RegistryKey {
    // 1970 is how Google's registry writes "never".
    let expiration = credential.expirationTime.flatMap {
      $0.timeIntervalSince1970 == 0 ? nil : $0
    }
    guard let algorithm = DeviceAlgorithm(registryFormat: credential.publicKey.format),
      let key = try? RegistryKey(
        algorithm: algorithm, publicKeyPEM: credential.publicKey.key, expiration: expiration)
    else { throw RegistryError.publicKey(device.id, format: credential.publicKey.format) }
    return key
  }
}
