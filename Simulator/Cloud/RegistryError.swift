/// Why a device cannot be registered.
public enum RegistryError: Error, Equatable, CustomStringConvertible {
  /// The name of the device is not allowed.
  case deviceID(String)
  /// The device has that many keys, above `Registry.keyMaximum`.
  case keyCount(String, Int)
  /// A public key of the device is not what its format says.
  case publicKey(String, format: String)

  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .deviceID(let id):
      "'\(id)' is no device name: 3 to 255 letters, digits and -._~+%, letter first"
    case .keyCount(let id, let count):
      "device \(id) has \(count) keys; at most \(Registry.keyMaximum) are allowed"
    case .publicKey(let id, let format):
      "a public key of device \(id) is no key in PEM of the format \(format)"
    }
  }
}
