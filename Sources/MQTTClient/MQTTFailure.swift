public import Wire

/// Why a session gave its connection up.
///
/// The peer is to blame for the first three, the network for the rest. The messages of the session
/// are safe in any case: they go out again on the next connection.
public enum MQTTFailure: Error, Equatable, Sendable {
  /// The server sent what is not a packet.
  case malformed(MQTT.Malformed)
  /// The server sent a packet at the wrong moment.
  case protocolViolation(ProtocolViolation)
  /// The server sent a packet of so many bytes, which can be neither held nor skipped.
  case oversizedPacket(byteCount: Int)
  /// CONNECT was not answered in time.
  case connackTimeout
  /// Nothing arrived in time after a PINGREQ.
  case pingTimeout
  /// A message or a subscription was not acknowledged in time.
  case acknowledgementTimeout
  /// The transport took no byte for too long.
  case transmitTimeout
}
