import Units
import Wire

/// The subscriptions that wait for their answer.
struct PendingSubscriptions: ~Copyable {
  private var slots = Limits.PendingSlots(filler: PendingSubscription())

  var isEmpty: Bool { slots.count == 0 }
  var isFull: Bool { slots.isFull }

  /// When the one that has been waiting longest was sent.
  var oldestSentAt: Instant? {
    var oldest: Instant?
    for index in 0..<slots.count where slots[index].isSent {
      oldest = min(oldest ?? .never, slots[index].sentAt)
    }
    return oldest
  }

  func contains(_ packetID: MQTT.PacketID) -> Bool { index(of: packetID) != nil }

  /// Finds the one that an answer with this identifier is for.
  func request(_ packetID: MQTT.PacketID) -> PendingSubscription? {
    guard let index = index(of: packetID) else { return nil }
    return slots[index]
  }

  mutating func append(
    _ request: PendingSubscription.Request, packetID: MQTT.PacketID, endPosition: UInt64
  ) {
    slots.append(
      PendingSubscription(request: request, packetID: packetID, endPosition: endPosition))
  }

  /// Marks those as sent that end at or before `position` of the outbox's stream.
  mutating func sent(upTo position: UInt64, now: Instant) {
    for index in 0..<slots.count where !slots[index].isSent && slots[index].endPosition <= position
    {
      slots[index].isSent = true
      slots[index].sentAt = now
    }
  }

  mutating func remove(_ packetID: MQTT.PacketID) {
    if let index = index(of: packetID) { slots.remove(at: index) }
  }

  mutating func removeAll() { slots.removeAll() }

  private func index(of packetID: MQTT.PacketID) -> Int? {
    for index in 0..<slots.count where slots[index].packetNumber == packetID.rawValue {
      return index
    }
    return nil
  }
}
