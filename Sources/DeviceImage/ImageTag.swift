/// What a record of a device image holds.
///
/// Numbers are little-endian, names are visible ASCII without a terminator. A record of which
/// nothing else is said stands in an image once at most.
public enum ImageTag: UInt16, Sendable {
  /// The project's name, 1 to 64 bytes.
  case project = 1
  /// The region's name, 1 to 64 bytes.
  case region = 2
  /// The registry's name, 1 to 64 bytes.
  case registry = 3
  /// The device's name, 1 to 64 bytes; required.
  case device = 4
  /// The cloud's host name, 1 to 96 bytes; required.
  case cloudHost = 5
  /// The TCP port of the cloud's MQTT listener, 16 bits, not zero.
  case cloudPort = 6
  /// A time server's UDP port, 16 bits, not zero, and then its host name, 1 to 96 bytes; required,
  /// and may be repeated up to three times.
  case timeServer = 7
  /// The device's private key in DER, as PKCS#8 or as the key's own structure: a secret; required.
  case privateKey = 8
  /// The certificate of a root to trust, in DER; required, and may be repeated.
  case rootCertificate = 9
  /// A certificate of the device in DER; may be repeated, the device's own first, then those that
  /// lead to a root.
  case deviceCertificate = 10
  /// A date that has passed for sure, in seconds since 1970, 64 bits; required.
  case timeFloor = 11
  /// How the cloud wants to be spoken to, 8 bits: 1 is Google-style; required.
  case cloudProfile = 12
  /// How long tokens live, in seconds, 32 bits, at least 4.
  case tokenLifetime = 13
  /// The hardware address of the network interface, 6 bytes, that of one station and not all zero.
  case hardwareAddress = 14
  /// The keep-alive interval of the connection in seconds, 16 bits, not zero.
  case keepAlive = 15

  /// What the record is called on a console.
  public var name: StaticString {
    switch self {
    case .project: "project"
    case .region: "region"
    case .registry: "registry"
    case .device: "device"
    case .cloudHost: "cloud host"
    case .cloudPort: "cloud port"
    case .timeServer: "time server"
    case .privateKey: "private key"
    case .rootCertificate: "root certificate"
    case .deviceCertificate: "device certificate"
    case .timeFloor: "time floor"
    case .cloudProfile: "cloud profile"
    case .tokenLifetime: "token lifetime"
    case .hardwareAddress: "hardware address"
    case .keepAlive: "keep-alive"
    }
  }

  /// Whether an image without such a record is of no use.
  var isRequired: Bool {
    switch self {
    case .device, .cloudHost, .timeServer, .privateKey, .rootCertificate, .timeFloor,
      .cloudProfile:
      true
    case .project, .region, .registry, .cloudPort, .deviceCertificate, .tokenLifetime,
      .hardwareAddress, .keepAlive:
      false
    }
  }

  /// How many such records an image may hold.
  var countMaximum: Int {
    switch self {
    case .timeServer: Limits.timeServerCountMaximum
    case .rootCertificate, .deviceCertificate: .max
    case .project, .region, .registry, .device, .cloudHost, .cloudPort, .privateKey, .timeFloor,
      .cloudProfile, .tokenLifetime, .hardwareAddress, .keepAlive:
      1
    }
  }
}
