/// What the device spends its charge on.
public enum Cause: String, Sendable, CaseIterable, Codable {
  /// Signing tokens or requests.
  case signing
  /// Computing handshakes.
  case handshakeCompute
  /// Record protection, message hashes and the packets around them.
  case symmetricCrypto
  /// The radio while it connects, shakes hands or authenticates anew.
  case handshakeRadio
  /// The radio while it carries messages.
  case dataRadio
  /// Pings that keep the connection open.
  case keepAlive
  /// Asking for the time.
  case timeSync
  /// Storing messages until they are acknowledged.
  case flash
  /// Measuring.
  case sensor
  /// Core and radio asleep, or idle with the connection kept.
  case sleep

  /// What it is called in tables.
  public var title: String {
    switch self {
    case .signing: "signing"
    case .handshakeCompute: "handshake compute"
    case .symmetricCrypto: "symmetric crypto"
    case .handshakeRadio: "radio, handshake"
    case .dataRadio: "radio, data"
    case .keepAlive: "keep-alive"
    case .timeSync: "time"
    case .flash: "flash"
    case .sensor: "sensor"
    case .sleep: "sleep"
    }
  }
}
