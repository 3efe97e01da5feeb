import Wire

/// What the cloud remembers of a device's MQTT session (MQTT 3.1.1 section 3.1.2.4).
///
/// QoS 1 messages wait in `queue` until the window has room, then in `unacknowledged` until the
/// device has them. Both are bounded.
struct Session: Sendable {
  /// True if the session ends with its connection.
  var isClean: Bool
  private var subscriptions: [MessageKind: Quality] = [:]
  private var queue: [DeviceMessage] = []
  private var unacknowledged: [(packetID: MQTT.PacketID, message: DeviceMessage)] = []
  private var nextPacketID = MQTT.PacketID.first

  init(isClean: Bool) { self.isClean = isClean }

  /// The quality the device asked for messages of `kind`, or nil if it did not subscribe.
  func quality(of kind: MessageKind) -> Quality? { subscriptions[kind] }

  mutating func subscribe(_ kind: MessageKind, _ quality: Quality) {
    subscriptions[kind] = quality
  }

  mutating func unsubscribe(_ kind: MessageKind) { subscriptions[kind] = nil }

  /// Adds a QoS 1 message; true if the queue was full and the oldest message was dropped for it.
  ///
  /// Of the configuration only the latest is of interest, so an older one that waits is replaced.
  mutating func enqueue(_ message: DeviceMessage, maximum: Int) -> Bool {
    if message.kind == .config { queue.removeAll { $0.kind == .config } }
    queue.append(message)
    guard queue.count > maximum else { return false }
    queue.removeFirst()
    return true
  }

  /// The messages that may be sent now for the first time.
  mutating func nextDeliveries(window: Int) -> [Delivery] {
    var deliveries: [Delivery] = []
    while !queue.isEmpty, unacknowledged.count < window {
      let message = queue.removeFirst()
      let packetID = freePacketID()
      unacknowledged.append((packetID, message))
      deliveries.append(Delivery(message: message, packetID: packetID, duplicate: false))
    }
    return deliveries
  }

  /// What must be sent again on a new connection, in the order of the first time (section 4.4).
  func redeliveries() -> [Delivery] {
    unacknowledged.map {
      Delivery(message: $0.message, packetID: $0.packetID, duplicate: true)
    }
  }

  /// Forgets a message that the device has; false if none waited under this identifier.
  mutating func acknowledge(_ packetID: MQTT.PacketID) -> Bool {
    guard let index = unacknowledged.firstIndex(where: { $0.packetID == packetID }) else {
      return false
    }
    unacknowledged.remove(at: index)
    return true
  }

  private mutating func freePacketID() -> MQTT.PacketID {
    // Terminates: the window is far smaller than the number of identifiers.
    while unacknowledged.contains(where: { $0.packetID == nextPacketID }) {
      nextPacketID = nextPacketID.next
    }
    defer { nextPacketID = nextPacketID.next }
    return nextPacketID
  }
}
