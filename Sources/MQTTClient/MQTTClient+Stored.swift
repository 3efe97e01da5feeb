import Bytes
public import Wire

// Messages that the caller keeps somewhere else until they are acknowledged.
extension MQTTClient {
  /// The identifier of the message with this number, counted from one: the same after every start.
  public static func packetID(ofMessage number: UInt32) -> MQTT.PacketID {
    precondition(number > 0)
    let place = (number - 1) % UInt32(Limits.messageNumberMaximum)
    return MQTT.PacketID(UInt16(truncatingIfNeeded: place) + 1) ?? .first
  }

  /// The longest packet that ever finds room here, in bytes.
  public static var storedByteCountMaximum: Int { Limits.ArenaBytes.capacity }

  /// True if a packet of this length can be handed over now, for a message with this identifier.
  public func hasRoom(for byteCount: Int, packetID: MQTT.PacketID) -> Bool {
    messages.hasRoom(for: byteCount) && !messages.contains(packetID)
  }

  /// Where to put an encoded PUBLISH packet of QoS 1; call `handOver` after writing to its front.
  public var messageSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get { messages.freeSpace }
  }

  /// Takes over the packet at the front of `messageSpace`, for which there is room.
  ///
  /// - Parameter mayHaveBeenSent: It may have been sent before this value existed, so that in a
  ///   kept session it is a duplicate.
  public mutating func handOver(
    _ byteCount: Int, packetID: MQTT.PacketID, mayHaveBeenSent: Bool
  ) {
    precondition(hasRoom(for: byteCount, packetID: packetID))
    messages.appendEncoded(
      byteCount: byteCount, packetID: packetID, wasAttempted: mayHaveBeenSent)
  }

  /// True while a part of the message was sent and the rest has to follow.
  public func isSending(_ packetID: MQTT.PacketID) -> Bool { messages.isSending(packetID) }

  /// Takes a message back that was handed over, unless `isSending`; no effect if it is not here.
  public mutating func withdraw(_ packetID: MQTT.PacketID) { messages.withdraw(packetID) }
}
