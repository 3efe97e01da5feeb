import Wire

/// A message for a device.
struct DeviceMessage: Equatable, Sendable {
  let kind: MessageKind
  let topic: String
  let payload: [UInt8]
}

/// One attempt to deliver a message.
struct Delivery: Equatable, Sendable {
  let message: DeviceMessage
  /// Nil with QoS 0.
  let packetID: MQTT.PacketID?
  let duplicate: Bool

  var quality: Quality { packetID == nil ? .atMostOnce : .atLeastOnce }
}
