/// Why a connection ended.
public enum CloseReason: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  /// The client said DISCONNECT.
  case disconnected
  /// The client closed, or the network did, without DISCONNECT.
  case lost
  /// The TLS handshake failed.
  case handshake
  /// The CONNECT was refused.
  case refused
  /// No CONNECT in time.
  case connectTimeout
  /// Silence for longer than the keep-alive allows.
  case keepAlive
  /// The token expired.
  case tokenExpired
  /// The same device connected again.
  case takenOver
  /// Bytes that are no MQTT packet.
  case malformed
  /// A packet that may not come here or now.
  case protocolViolation
  /// A packet above the size limit.
  case packetTooLarge
  /// A QoS 2 message, which such bridges do not take.
  case qualityUnsupported
  /// A topic that the device may not publish to.
  case topicForbidden
  /// The cloud stopped or restarted.
  case stopped
  /// A misbehaviour asked for it.
  case ordered
}
