import Store

/// The messages from flash that the session has been given, and those of them to be settled.
struct MessagesInTransit: ~Copyable {
  /// As many as the session has places for.
  private var places = [16 of OutboxPlace](repeating: .none)
  /// A bit for each place whose message was acknowledged.
  private var acknowledged: UInt16 = 0

  /// True if an acknowledged message waits to be settled.
  var hasAcknowledged: Bool { acknowledged != 0 }

  /// How many of them there are.
  var acknowledgedCount: Int { acknowledged.nonzeroBitCount }

  /// True if there is no message.
  var isEmpty: Bool {
    for index in places.indices where places[index].sequence > 0 { return false }
    return true
  }

  /// True if no other message can be taken up.
  var isFull: Bool { index(of: 0) == nil }

  /// The place of an acknowledged message; nil if there is none.
  var firstAcknowledged: OutboxPlace? {
    acknowledged == 0 ? nil : places[acknowledged.trailingZeroBitCount]
  }

  mutating func add(_ place: OutboxPlace) {
    guard let free = index(of: 0) else { preconditionFailure("there is a free place") }
    places[free] = place
  }

  /// The message whose sequence number `isMeant` was acknowledged.
  mutating func acknowledge(where isMeant: (UInt32) -> Bool) {
    for index in places.indices where places[index].sequence > 0 {
      if isMeant(places[index].sequence) { acknowledged |= 1 &<< UInt16(index) }
    }
  }

  /// Forgets a message that is settled.
  mutating func remove(_ sequence: UInt32) {
    guard let index = index(of: sequence) else { return }
    places[index] = .none
    acknowledged &= ~(1 &<< UInt16(index))
  }

  func contains(_ sequence: UInt32) -> Bool { index(of: sequence) != nil }

  private func index(of sequence: UInt32) -> Int? {
    for index in places.indices where places[index].sequence == sequence { return index }
    return nil
  }
}
