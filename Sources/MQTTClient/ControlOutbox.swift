import Bytes
import Wire

/// Packets other than PUBLISH that wait to be sent, in order.
///
/// Positions count the bytes queued since the connection began, so that one can tell later whether
/// a certain packet is out.
struct ControlOutbox: ~Copyable {
  private var bytes = Limits.OutboxBytes()
  /// The position behind the last byte that was sent; 64 bits do not run out.
  private(set) var sentPosition: UInt64 = 0

  /// A packet that must always find room.
  enum ReservePacket {
    /// The message with this identifier was handled.
    case puback(MQTT.PacketID)
    case pingreq
    case disconnect
  }

  /// The position behind the last byte queued.
  var endPosition: UInt64 { sentPosition + UInt64(bytes.count) }

  var isEmpty: Bool { bytes.isEmpty }

  /// True if the packets of the reserve would all find room now.
  var hasReserve: Bool { bytes.freeCapacity >= Limits.outboxReserve }

  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span }
  }

  /// Adds the first packet of a connection, which may use all the room.
  mutating func append(_ connect: borrowing MQTT.Connect) throws(Overflow) {
    var writer = ByteWriter(bytes.freeSpace)
    try connect.emit(to: &writer)
    let byteCount = writer.count
    bytes.commit(byteCount)
  }

  /// Adds a packet with one filter, leaving the reserve free.
  mutating func append(
    _ request: PendingSubscription.Request, filter: Span<UInt8>, packetID: MQTT.PacketID
  ) throws(SubscribeFailure) {
    // Fixed header of up to 5 bytes, identifier, length of the filter, quality of service.
    let byteCountMaximum = MQTT.FixedHeader.byteCountMaximum + 2 + 2 + filter.count + 1
    guard byteCountMaximum <= Limits.OutboxBytes.capacity - Limits.outboxReserve else {
      throw .tooLarge
    }
    guard byteCountMaximum <= bytes.freeCapacity - Limits.outboxReserve else { throw .full }
    var writer = ByteWriter(bytes.freeSpace)
    do {
      switch request {
      case .subscribe(let quality):
        let subscription = MQTT.Subscription(filter: filter, quality: quality)
        try MQTT.Subscribe.emit(subscription, packetID: packetID, to: &writer)
      case .unsubscribe:
        try MQTT.Unsubscribe.emit(filter, packetID: packetID, to: &writer)
      }
    } catch { throw .full }
    let byteCount = writer.count
    bytes.commit(byteCount)
  }

  /// Adds a packet that the reserve is for, so that there is room for it.
  ///
  /// A message is handed out only with the reserve free, one PINGREQ waits at a time, and nothing
  /// follows a DISCONNECT.
  mutating func append(_ packet: ReservePacket) {
    var writer = ByteWriter(bytes.freeSpace)
    do {
      switch packet {
      case .puback(let packetID):
        try MQTT.Acknowledgement(.puback, packetID: packetID).emit(to: &writer)
      case .pingreq: try MQTT.Pingreq().emit(to: &writer)
      case .disconnect: try MQTT.Disconnect().emit(to: &writer)
      }
    } catch { preconditionFailure("the reserve is gone") }
    let byteCount = writer.count
    bytes.commit(byteCount)
  }

  mutating func sent(_ count: Int) {
    bytes.removeFirst(count)
    sentPosition += UInt64(count)
  }

  /// Overwrites all memory, because a CONNECT packet holds a secret.
  mutating func wipe() {
    precondition(bytes.isEmpty)
    bytes.wipe()
  }

  /// Forgets everything, for a new connection.
  mutating func reset() {
    bytes.wipe()
    sentPosition = 0
  }
}
