/// Messages that were offered and about which the device has not heard the last word.
struct Outstanding {
  /// One message.
  struct Message {
    var number: UInt32
    /// Zero for one of which the device has not been told that it was accepted.
    var packetNumber: UInt16
    var at: UInt64
    var isDelivered: Bool
  }

  private(set) var messages: [Message] = []

  mutating func add(_ message: Message) { messages.append(message) }

  /// The device was told that the last message added is accepted under a number.
  mutating func accept(_ packetNumber: UInt16) {
    messages[messages.count - 1].packetNumber = packetNumber
  }

  /// The last message added was refused.
  mutating func removeLast() { messages.removeLast() }

  /// Notes that a message has reached the cloud; false if it had before.
  mutating func deliver(_ number: UInt32) -> Bool {
    for index in messages.indices where messages[index].number == number {
      guard !messages[index].isDelivered else { return false }
      messages[index].isDelivered = true
      return true
    }
    return false
  }

  /// Takes out the oldest message that has this identifier.
  mutating func remove(_ packetNumber: UInt16) -> Message? {
    for index in messages.indices where messages[index].packetNumber == packetNumber {
      return messages.remove(at: index)
    }
    return nil
  }

  mutating func removeAll() { messages.removeAll(keepingCapacity: true) }

  /// What was offered when the power failed counts no more, unless it is found on flash.
  mutating func forgetUnaccepted() { messages.removeAll { $0.packetNumber == 0 } }
}
