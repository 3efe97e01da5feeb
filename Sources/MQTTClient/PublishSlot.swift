import Units
import Wire

/// What a session knows about one message in its arena.
struct PublishSlot {
  /// How far the delivery has come on this connection; QoS 2 will add its two waits here.
  enum Phase {
    /// It is to be sent, or is being sent.
    case queued
    /// All of it was sent; PUBACK ends it.
    case awaitingPuback
  }

  var phase = Phase.queued
  /// True if some of it was sent on an earlier connection.
  var wasAttempted = false
  /// The length of the packet in the arena.
  var byteCount: UInt16 = 0
  /// Zero for a QoS 0 message, which has no identifier.
  private var packetNumber: UInt16 = 0
  /// When its last byte was sent, once it awaits something.
  var sentAt = Instant(milliseconds: 0)

  /// The content of unused places.
  init() {}

  init(packetID: MQTT.PacketID?, byteCount: Int) {
    self.byteCount = UInt16(truncatingIfNeeded: byteCount)
    if let packetID { packetNumber = packetID.rawValue }
  }

  /// The identifier of the message; nil for QoS 0.
  var packetID: MQTT.PacketID? { MQTT.PacketID(packetNumber) }
}
