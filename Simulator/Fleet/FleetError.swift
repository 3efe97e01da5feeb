/// Why a fleet cannot start.
public enum FleetError: Error, CustomStringConvertible {
  /// A root certificate cannot be read.
  case badRoot(index: Int)
  /// The private key of a device cannot be used.
  case badKey(device: String)
  /// A name is too long for a device.
  case nameTooLong(String)
  /// The kernel refused something.
  case system(String)

  /// The failure in one line for a user.
  public var description: String {
    switch self {
    case .badRoot(let index):
      "root certificate \(index + 1) is not a certificate in DER that mbedTLS can read"
    case .badKey(let device):
      "the private key of device '\(device)' is not a P-256 or RSA key in DER"
    case .nameTooLong(let name): "the name '\(name)' is too long for a device (64 bytes, hosts 96)"
    case .system(let text): text
    }
  }
}
