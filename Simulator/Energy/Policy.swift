/// How a device proves who it is and what it does with its connection.
public struct Policy: Sendable, Equatable {
  /// How it is named on the command line and in results.
  public let id: String
  /// What it does, in a line.
  public let name: String
  /// The credential.
  public let credential: Credential
  /// The hours after which the credential has to be renewed; nil for one that lasts.
  public var credentialHours: Double?
  /// How a new connection or credential is brought about.
  public let renewal: Renewal
  /// The keys in the server's chain.
  public let serverChain: ServerChain
  /// Whether the connection stays.
  public let connection: Connection
  /// The hours after which a kept connection is lost for another reason; nil for never.
  public var reconnectHours: Double?
  /// What carries the messages.
  public let transport: Transport
  /// The keep-alive interval; nil for none.
  public var keepAliveSeconds: Double?
  /// Whether the product has this door today; otherwise it is priced from measured operations.
  public let isAvailable: Bool

  /// The credentials.
  public enum Credential: String, Sendable, CaseIterable, Codable {
    /// A JSON web token signed with ECDSA on P-256.
    case jwtES256 = "jwt-es256"
    /// A JSON web token signed with RSA, 2048 bits.
    case jwtRS256 = "jwt-rs256"
    /// A client certificate in TLS.
    case mutualTLS = "mtls"
    /// AWS Signature Version 4.
    case sigV4 = "sigv4"

    var isToken: Bool { self == .jwtES256 || self == .jwtRS256 }
  }

  /// How a new connection or credential is brought about.
  public enum Renewal: String, Sendable, CaseIterable {
    /// A full TLS handshake.
    case full
    /// A TLS handshake that resumes a session by its ticket.
    case resumption
    /// MQTT 5's AUTH on the connection there is.
    case reauthentication
  }

  /// The keys in the server's chain.
  public enum ServerChain: String, Sendable, CaseIterable {
    /// RSA.
    case rsa
    /// P-256.
    case ec
  }

  /// Whether the connection stays.
  public enum Connection: String, Sendable, CaseIterable {
    /// It stays until the credential or the network ends it.
    case kept
    /// The device sleeps deeply and connects for each message.
    case perMessage = "per-message"
  }

  /// What carries the messages.
  public enum Transport: String, Sendable, CaseIterable {
    /// MQTT over TLS.
    case mqtt
    /// MQTT in a WebSocket over TLS.
    case webSocket = "websocket"
    /// HTTPS.
    case https
  }
}
