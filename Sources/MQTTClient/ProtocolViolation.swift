public import Wire

/// A well-formed packet that may not come, or not now.
public enum ProtocolViolation: Equatable, Sendable {
  /// A packet that only clients send, or that does not fit the state of the connection.
  case unexpectedPacket(MQTT.PacketType)
  /// A QoS 2 message, though no subscription asked for that.
  case unexpectedQuality
  /// An old session, though a clean one was asked for (section 3.2.2.2).
  case unexpectedSession
  /// An answer to a packet that was not sent yet, or one of another kind.
  case unexpectedAcknowledgement(MQTT.PacketID)
  /// A SUBACK without exactly one code, or one that grants more than was asked for.
  case unexpectedGrant(MQTT.PacketID)
}
