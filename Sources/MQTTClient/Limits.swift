import Bytes
import Units
import Wire

/// Every bound of this module, with its reason.
///
/// The buffers add up to a little over 4 KiB: the largest part of what a session costs in RAM.
enum Limits {
  /// Holds one inbound packet: a configuration of some hundred bytes under a long topic name.
  typealias InboxBytes = FixedBytes<1024>
  /// Holds a CONNECT with an RS256 token of 640 bytes as its password, a client identifier of 192
  /// bytes and a small will; later SUBSCRIBE packets and acknowledgements.
  typealias OutboxBytes = FixedBytes<1152>
  /// Holds messages until they are acknowledged: ten of about 200 bytes.
  typealias ArenaBytes = FixedBytes<2048>
  /// Messages in flight, fewer than the smallest of the usual broker settings (mosquitto: 20).
  typealias PublishSlots = FixedTable<16, PublishSlot>
  /// Subscriptions that wait for their answer; devices have two or three.
  typealias PendingSlots = FixedTable<8, PendingSubscription>

  /// The highest identifier of a message; those above are for subscriptions.
  static var messageNumberMaximum: UInt16 { 0x7FFF }

  /// Bytes of the outbox kept free for the packets that must always find room: one PUBACK, one
  /// PINGREQ and one DISCONNECT.
  static var outboxReserve: Int {
    MQTT.Acknowledgement.byteCount + MQTT.Pingreq.byteCount + MQTT.Disconnect.byteCount
  }

  /// Checks how the bounds relate; it costs nothing, since all of them are constants.
  static func check() {
    // A slot stores the length of its packet in 16 bits.
    precondition(ArenaBytes.capacity <= Int(UInt16.max))
    // The first bytes of the longest fixed header, a topic of one character and an identifier.
    precondition(InboxBytes.capacity >= MQTT.FixedHeader.byteCountMaximum + 5)
    precondition(OutboxBytes.capacity > outboxReserve)
    // Identifiers must never run out while one is looked for.
    precondition(PublishSlots.capacity + PendingSlots.capacity < Int(UInt16.max))
  }

  /// How long a server may take to answer CONNECT; a cloud that checks a token needs up to 5 s.
  static var connackTimeout: Interval { Interval(seconds: 20) }
  /// How long after a PINGREQ something has to arrive; cellular networks may hold data for 10 s.
  static var pingResponseTimeout: Interval { Interval(seconds: 20) }
  /// How long after a packet was sent its acknowledgement has to arrive.
  static var acknowledgementTimeout: Interval { Interval(seconds: 60) }
  /// How long the transport may take no byte at all.
  static var transmitTimeout: Interval { Interval(seconds: 30) }
  /// The longest lead of a PINGREQ over the end of the keep-alive time.
  static var pingLeadMaximum: Interval { Interval(seconds: 5) }
}
