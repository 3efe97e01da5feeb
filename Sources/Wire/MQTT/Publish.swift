public import Bytes

extension MQTT {
  /// A message, in either direction (section 3.3).
  public struct Publish: ~Escapable {
    /// A valid topic name.
    public let topic: Span<UInt8>
    /// The application's bytes; none is allowed.
    public let payload: Span<UInt8>
    /// How surely it is delivered.
    public let quality: QualityOfService
    /// The identifier of the delivery; nil exactly with QoS 0.
    public let packetID: PacketID?
    /// True if the server is to keep the message, or did so before the client subscribed.
    public let retain: Bool
    /// True if the sender tried before; never with QoS 0.
    public let duplicate: Bool

    /// Creates a message; it traps unless `TopicName.isValid` and the fields go with the quality.
    @_lifetime(copy topic, copy payload)
    public init(
      topic: Span<UInt8>, payload: Span<UInt8>, quality: QualityOfService, packetID: PacketID?,
      retain: Bool = false, duplicate: Bool = false
    ) {
      precondition(TopicName.isValid(topic))
      precondition((quality == .atMostOnce) == (packetID == nil))
      precondition(!duplicate || packetID != nil)
      self.init(
        checkedTopic: topic, payload: payload, quality: quality, packetID: packetID,
        retain: retain, duplicate: duplicate)
    }

    @_lifetime(copy checkedTopic, copy payload)
    private init(
      checkedTopic: Span<UInt8>, payload: Span<UInt8>, quality: QualityOfService,
      packetID: PacketID?, retain: Bool, duplicate: Bool
    ) {
      self.topic = checkedTopic
      self.payload = payload
      self.quality = quality
      self.packetID = packetID
      self.retain = retain
      self.duplicate = duplicate
    }

    /// The number of bytes of a packet with a topic and a payload of these lengths.
    public static func byteCount(
      topicByteCount: Int, payloadByteCount: Int, quality: QualityOfService
    ) -> Int {
      let identifierByteCount = quality == .atMostOnce ? 0 : 2
      return FixedHeader(
        type: .publish, flags: 0,
        remainingLength: 2 + topicByteCount + identifierByteCount + payloadByteCount
      ).packetByteCount
    }

    /// Reads the body of a packet with the fixed header `header`, of type PUBLISH.
    ///
    /// The body may stop anywhere in the payload, for messages that are longer than the memory for
    /// them; compare its length with `header.remainingLength`.
    @_lifetime(copy body)
    public static func parse(
      _ body: Span<UInt8>, header: FixedHeader
    ) throws(Malformed) -> Publish {
      precondition(header.type == .publish)
      guard let quality = QualityOfService(rawValue: header.flags &>> 1 & 0b11) else {
        throw .quality
      }
      var reader = ByteReader(body)
      let topic = try reader.mqttTopicName()
      var packetID: PacketID?
      if quality != .atMostOnce { packetID = try reader.mqttPacketID() }
      return Publish(
        checkedTopic: topic, payload: reader.rest, quality: quality, packetID: packetID,
        retain: header.flags & 0b0001 != 0, duplicate: header.flags & 0b1000 != 0)
    }

    /// Writes the packet, or throws and may have written a part of it where the payload is too
    /// long.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      guard header.packetByteCount <= writer.freeCapacity else { throw Overflow() }
      try emitFront(to: &writer)
      try writer.write(payload)
    }

    /// Writes the packet up to its payload, for which there need be no room, or throws and writes
    /// nothing.
    @_lifetime(writer: copy writer)
    public func emitFront(to writer: inout ByteWriter) throws(Overflow) {
      guard header.packetByteCount - payload.count <= writer.freeCapacity else { throw Overflow() }
      try header.emit(to: &writer)
      try writer.write(mqttBytes: topic)
      if let packetID { try writer.write(packetID) }
    }

    private var header: FixedHeader {
      let flags = (duplicate ? 0b1000 : 0) | quality.rawValue &<< 1 | (retain ? 1 : 0)
      let remainingLength = 2 + topic.count + (packetID == nil ? 0 : 2) + payload.count
      return FixedHeader(type: .publish, flags: flags, remainingLength: remainingLength)
    }
  }
}
