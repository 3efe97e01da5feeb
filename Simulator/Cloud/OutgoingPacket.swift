import Bytes
import Wire

/// A packet to a client.
enum OutgoingPacket: Equatable, Sendable {
  case connack(MQTT.Connack)
  case publish(Delivery)
  case puback(MQTT.PacketID)
  case suback(MQTT.PacketID, [MQTT.SubscribeReturnCode])
  case unsuback(MQTT.PacketID)
  case pingresp

  /// The bytes of the packet.
  func encoded() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCountMaximum)
    var writer = ByteWriter(bytes.mutableSpan)
    do {
      try emit(to: &writer)
    } catch {
      preconditionFailure("there is room for every packet")
    }
    let count = writer.count
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  private var byteCountMaximum: Int {
    switch self {
    case .publish(let delivery):
      MQTT.Publish.byteCount(
        topicByteCount: delivery.message.topic.utf8.count,
        payloadByteCount: delivery.message.payload.count, quality: .atLeastOnce)
    case .suback(_, let codes): MQTT.FixedHeader.byteCountMaximum + 2 + codes.count
    case .connack, .puback, .unsuback, .pingresp: 4
    }
  }

  private func emit(to writer: inout ByteWriter) throws(Overflow) {
    switch self {
    case .connack(let connack): try connack.emit(to: &writer)
    case .publish(let delivery):
      let topic = Array(delivery.message.topic.utf8)
      try MQTT.Publish(
        topic: topic.span, payload: delivery.message.payload.span,
        quality: delivery.packetID == nil ? .atMostOnce : .atLeastOnce,
        packetID: delivery.packetID, duplicate: delivery.duplicate
      ).emit(to: &writer)
    case .puback(let packetID):
      try MQTT.Acknowledgement(.puback, packetID: packetID).emit(to: &writer)
    case .suback(let packetID, let codes):
      let rawCodes = codes.map(\.rawValue)
      try MQTT.Suback(packetID: packetID, codes: rawCodes.span).emit(to: &writer)
    case .unsuback(let packetID): try MQTT.Unsuback(packetID: packetID).emit(to: &writer)
    case .pingresp: try MQTT.Pingresp().emit(to: &writer)
    }
  }
}
