/// What the protocols send, in bytes of TCP payload, and how often the device waits for an answer.
public enum ExchangeFigure: String, FigureKey {
  case fullHandshakeSentBytes
  case fullHandshakeReceivedBytesRSA
  case fullHandshakeReceivedBytesEC
  case clientCertificateSentBytes
  case resumedHandshakeSentBytes
  case resumedHandshakeReceivedBytes
  case connectRoundTrips
  case fullHandshakeRoundTrips
  case resumedHandshakeRoundTrips
  case recordBytes
  case mqttConnectBytes
  case mqttConnackBytes
  case mqttPublishBytes
  case mqttPubackBytes
  case mqttPingBytes
  case mqttAuthBytes
  case tokenBytesES256
  case tokenBytesRS256
  case webSocketUpgradeSentBytes
  case webSocketUpgradeReceivedBytes
  case sigV4Bytes
  case httpsRequestBytes
  case httpsResponseBytes
  case timeRequestBytes
  case timeSecondsBetween
  case outboxRecordBytes
  case sigV4Hashes

  /// The kind of profile that has these figures: `exchange`.
  public static var kind: ProfileKind { .exchange }

  /// What the figure means and which numbers it may be.
  public var rule: FigureRule {
    FigureRule(meaning, 0...1e6, self == .timeSecondsBetween ? .lowers : .raises)
  }

  private var meaning: String { handshakeMeaning ?? messageMeaning }

  private var handshakeMeaning: String? {
    switch self {
    case .fullHandshakeSentBytes: "what the device sends in a full handshake"
    case .fullHandshakeReceivedBytesRSA: "what it receives, server chain with RSA keys"
    case .fullHandshakeReceivedBytesEC: "what it receives, server chain with P-256 keys"
    case .clientCertificateSentBytes: "what its own certificate adds, with the proof of its key"
    case .resumedHandshakeSentBytes: "what the device sends in a resumed handshake, ticket included"
    case .resumedHandshakeReceivedBytes: "what it receives in a resumed handshake"
    case .connectRoundTrips: "answers awaited for a TCP connection"
    case .fullHandshakeRoundTrips: "answers awaited in a full handshake"
    case .resumedHandshakeRoundTrips: "answers awaited in a resumed handshake"
    case .recordBytes: "what TLS adds to each record"
    default: nil
    }
  }

  private var messageMeaning: String {
    switch self {
    case .mqttConnectBytes: "a CONNECT with its client identifier, without the token"
    case .mqttConnackBytes: "a CONNACK"
    case .mqttPublishBytes: "a PUBLISH with its topic, without the payload"
    case .mqttPubackBytes: "a PUBACK"
    case .mqttPingBytes: "a PINGREQ, and a PINGRESP"
    case .mqttAuthBytes: "an MQTT 5 AUTH, without the token"
    case .tokenBytesES256: "a JSON web token signed with ES256"
    case .tokenBytesRS256: "a JSON web token signed with RS256"
    case .webSocketUpgradeSentBytes: "the request that opens a WebSocket, without the signature"
    case .webSocketUpgradeReceivedBytes: "the answer to it"
    case .sigV4Bytes: "what Signature Version 4 adds to a request"
    case .httpsRequestBytes: "the headers of an HTTPS publish, without credentials"
    case .httpsResponseBytes: "the answer to it"
    case .timeRequestBytes: "an SNTP request with IP and UDP, and as much for the answer"
    case .timeSecondsBetween: "the time between two questions for the time"
    case .outboxRecordBytes: "what a stored message takes in flash beside its payload"
    case .sigV4Hashes: "HMAC-SHA-256 computations for one signature of Version 4"
    default: ""
    }
  }
}
