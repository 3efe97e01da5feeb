import Foundation

/// A folder with the identities of a fleet.
///
/// `swiftlet.json` says where the fleet is registered, `registry.json` has the public keys as a
/// Google-style registry lists them, `roots.pem` the roots to trust, and
/// `devices/<id>/private-key.der` and `public-key.pem` each device's keys. Private keys are
/// readable by their owner alone.
public struct IdentityFolder: Sendable {
  /// Where the folder is.
  public let path: String

  /// Refers to the folder at `path`, which need not exist yet.
  public init(path: String) { self.path = path }

  /// The file that describes the fleet.
  public var fleetPath: String { path + "/swiftlet.json" }

  /// The file with the public keys.
  public var registryPath: String { path + "/registry.json" }

  /// The file with the roots to trust, if any were written.
  public var rootsPath: String { path + "/roots.pem" }

  /// The file with the private key of the device `id`.
  public func privateKeyPath(of id: String) -> String { devicePath(of: id) + "/private-key.der" }

  /// The file with the public key of the device `id`.
  public func publicKeyPath(of id: String) -> String { devicePath(of: id) + "/public-key.pem" }

  func devicePath(of id: String) -> String { path + "/devices/" + id }
}

/// The content of `registry.json`.
struct RegistryFile: Codable {
  var devices: [RegistryDevice]
}
