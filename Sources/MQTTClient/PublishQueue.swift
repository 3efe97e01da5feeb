import Bytes
import Units
import Wire

/// The messages that are on their way out: encoded packets back to back, in the order of `publish`.
///
/// They are sent straight from here, one after the other. Those already sent come first, because
/// sending keeps the order; a message leaves when it is sent (QoS 0) or acknowledged (QoS 1).
struct PublishQueue: ~Copyable {
  private var arena = Limits.ArenaBytes()
  private var slots = Limits.PublishSlots(filler: PublishSlot())
  /// How much of the first queued message was sent on this connection.
  private var sentByteCount = 0
  /// What was sent on earlier connections may have been seen by the server.
  private var isSessionPresent = false

  /// What became of an acknowledgement.
  enum AcknowledgementResult {
    /// The message is delivered and gone.
    case removed
    /// No message has this identifier.
    case unknown
    /// The message was not sent yet, or not this way.
    case premature
  }

  /// The number of messages, sent or not.
  var count: Int { slots.count }

  /// True in the middle of a message.
  var isSending: Bool { sentByteCount > 0 }

  /// The number of messages that have an identifier.
  var unacknowledgedCount: Int {
    var result = 0
    for index in 0..<slots.count where slots[index].packetID != nil { result += 1 }
    return result
  }

  /// True if there is something to send.
  var hasQueued: Bool { indexOfFirstQueued != nil }

  /// What is left to send of the first queued message; empty if none is.
  var bytesToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      guard let index = indexOfFirstQueued else { return arena.span.extracting(first: 0) }
      let start = offset(of: index)
      return arena.span.extracting(start + sentByteCount..<start + Int(slots[index].byteCount))
    }
  }

  /// When the message that has been waiting longest for its acknowledgement was sent.
  var oldestSentAt: Instant? {
    for index in 0..<slots.count {
      switch slots[index].phase {
      case .queued: break
      case .awaitingPuback: return slots[index].sentAt
      }
    }
    return nil
  }

  func contains(_ packetID: MQTT.PacketID) -> Bool { index(of: packetID) != nil }

  /// Adds a message at the end.
  mutating func append(_ message: borrowing MQTT.Publish) throws(PublishFailure) {
    guard message.payload.count <= Limits.ArenaBytes.capacity else { throw .tooLarge }
    let byteCount = MQTT.Publish.byteCount(
      topicByteCount: message.topic.count, payloadByteCount: message.payload.count,
      quality: message.quality)
    guard byteCount <= Limits.ArenaBytes.capacity else { throw .tooLarge }
    guard !slots.isFull else { throw .full }
    var writer = ByteWriter(arena.freeSpace)
    do { try message.emit(to: &writer) } catch { throw .full }
    arena.commit(byteCount)
    slots.append(PublishSlot(packetID: message.packetID, byteCount: byteCount))
  }

  /// True if a packet of this length can be added.
  func hasRoom(for byteCount: Int) -> Bool {
    !slots.isFull && byteCount <= arena.freeCapacity
  }

  /// Where to put an encoded packet.
  var freeSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get { arena.freeSpace }
  }

  /// Adds the packet of QoS 1 at the front of `freeSpace`.
  mutating func appendEncoded(
    byteCount: Int, packetID: MQTT.PacketID, wasAttempted: Bool
  ) {
    let start = arena.count
    arena.commit(byteCount)
    var slot = PublishSlot(packetID: packetID, byteCount: byteCount)
    slot.wasAttempted = wasAttempted
    slots.append(slot)
    setDuplicate(wasAttempted && isSessionPresent, at: start)
  }

  /// True if some of the message was sent and the rest has to follow.
  func isSending(_ packetID: MQTT.PacketID) -> Bool {
    guard isSending, let index = indexOfFirstQueued else { return false }
    return slots[index].packetID == packetID
  }

  /// Takes a message back, unless it is being sent; no effect if it is not here.
  mutating func withdraw(_ packetID: MQTT.PacketID) {
    guard let index = index(of: packetID) else { return }
    precondition(!isSending(packetID))
    remove(at: index)
  }

  /// Records that `count` of `bytesToSend` went out; returns true if that was the end of a message.
  mutating func sent(_ count: Int, now: Instant) -> Bool {
    guard let index = indexOfFirstQueued else { return false }
    sentByteCount += count
    precondition(sentByteCount <= Int(slots[index].byteCount))
    guard sentByteCount == Int(slots[index].byteCount) else { return false }
    sentByteCount = 0
    if slots[index].packetID == nil {
      remove(at: index)
    } else {
      slots[index].phase = .awaitingPuback
      slots[index].sentAt = now
    }
    return true
  }

  /// Removes the message that `acknowledgement` is for.
  mutating func acknowledged(by acknowledgement: MQTT.Acknowledgement) -> AcknowledgementResult {
    guard let index = index(of: acknowledgement.packetID) else { return .unknown }
    switch (slots[index].phase, acknowledgement.kind) {
    case (.awaitingPuback, .puback):
      remove(at: index)
      return .removed
    case (.queued, .puback), (.queued, .pubrec), (.queued, .pubrel), (.queued, .pubcomp),
      (.awaitingPuback, .pubrec), (.awaitingPuback, .pubrel), (.awaitingPuback, .pubcomp):
      return .premature
    }
  }

  /// Keeps what has to survive the connection and returns the number of QoS 0 messages dropped.
  mutating func connectionLost() -> Int {
    var droppedCount = 0
    // Back to front, so that a removal does not move what is still to be looked at. The message in
    // the middle of which the connection broke is the first queued one.
    let interrupted = isSending ? indexOfFirstQueued : nil
    for index in (0..<slots.count).reversed() {
      if slots[index].packetID == nil {
        remove(at: index)
        droppedCount += 1
        continue
      }
      switch slots[index].phase {
      case .queued:
        if index == interrupted { slots[index].wasAttempted = true }
      case .awaitingPuback:
        slots[index].wasAttempted = true
        slots[index].phase = .queued
      }
    }
    sentByteCount = 0
    return droppedCount
  }

  /// Prepares what is left for a new connection.
  ///
  /// In a kept session the server may have seen what was sent before, so that is marked as a
  /// duplicate; in a new one it is sent as if for the first time.
  mutating func connectionOpened(sessionPresent: Bool) {
    isSessionPresent = sessionPresent
    var start = 0
    for index in 0..<slots.count {
      if !sessionPresent { slots[index].wasAttempted = false }
      setDuplicate(slots[index].wasAttempted, at: start)
      start += Int(slots[index].byteCount)
    }
  }

  mutating func removeAll() {
    arena.removeAll()
    slots.removeAll()
    sentByteCount = 0
  }

  /// The DUP flag is bit 3 of a PUBLISH packet's first byte (section 3.3.1.1).
  private mutating func setDuplicate(_ isDuplicate: Bool, at start: Int) {
    var bytes = arena.mutableSpan
    bytes[start] = bytes[start] & ~0b1000 | (isDuplicate ? 0b1000 : 0)
  }

  private var indexOfFirstQueued: Int? {
    for index in 0..<slots.count {
      switch slots[index].phase {
      case .queued: return index
      case .awaitingPuback: break
      }
    }
    return nil
  }

  private func index(of packetID: MQTT.PacketID) -> Int? {
    for index in 0..<slots.count where slots[index].packetID == packetID { return index }
    return nil
  }

  private func offset(of index: Int) -> Int {
    var offset = 0
    for earlier in 0..<index { offset += Int(slots[earlier].byteCount) }
    return offset
  }

  private mutating func remove(at index: Int) {
    let start = offset(of: index)
    arena.remove(start..<start + Int(slots[index].byteCount))
    slots.remove(at: index)
  }
}
