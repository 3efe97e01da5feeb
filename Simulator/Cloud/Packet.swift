import Wire

/// A packet from a client, copied out of the network's buffer.
enum Packet: Equatable, Sendable {
  /// A client wants a session.
  case connect(ConnectRequest)
  /// A message of QoS 0 or 1.
  case publish(PublishedMessage)
  /// The device has the message with this identifier.
  case puback(MQTT.PacketID)
  /// A client wants messages.
  case subscribe(MQTT.PacketID, [SubscriptionRequest])
  /// A client no longer wants messages.
  case unsubscribe(MQTT.PacketID, [String])
  /// A sign of life.
  case pingreq
  /// The client leaves in good order.
  case disconnect
  /// A QoS 2 message, or a step of its delivery.
  case exactlyOnce
  /// A packet that only servers send.
  case fromServer
}

/// What a CONNECT asks for.
struct ConnectRequest: Equatable, Sendable {
  let clientID: String
  let password: [UInt8]?
  let keepAliveSeconds: UInt16
  let cleanSession: Bool
}

/// A message from a device.
struct PublishedMessage: Equatable, Sendable {
  let topic: String
  let payload: [UInt8]
  /// Nil with QoS 0.
  let packetID: MQTT.PacketID?
  let duplicate: Bool

  var quality: Quality { packetID == nil ? .atMostOnce : .atLeastOnce }
}

/// One entry of a SUBSCRIBE.
struct SubscriptionRequest: Equatable, Sendable {
  let filter: String
  let quality: MQTT.QualityOfService
}
