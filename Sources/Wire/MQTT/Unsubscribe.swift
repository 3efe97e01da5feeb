public import Bytes

extension MQTT {
  /// A client's wish for no more messages (section 3.10), with at least one filter.
  public struct Unsubscribe: ~Escapable {
    /// The identifier that the answer will carry.
    public let packetID: PacketID
    /// The filters as they are on the wire, all of them well-formed.
    private let entries: Span<UInt8>

    @_lifetime(copy entries)
    private init(packetID: PacketID, entries: Span<UInt8>) {
      self.packetID = packetID
      self.entries = entries
    }

    /// The filters, in order.
    public var filters: TopicFilters {
      @_lifetime(copy self)
      get { TopicFilters(entries) }
    }

    /// Reads a packet body.
    @_lifetime(copy body)
    public static func parse(_ body: Span<UInt8>) throws(Malformed) -> Unsubscribe {
      var reader = ByteReader(body)
      let packetID = try reader.mqttPacketID()
      let entries = reader.rest
      guard !entries.isEmpty else { throw .empty }
      while !reader.isAtEnd { _ = try reader.mqttTopicFilter() }
      return Unsubscribe(packetID: packetID, entries: entries)
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try Self.header(entryByteCount: entries.count).emitForWholePacket(to: &writer)
      try writer.write(packetID)
      try writer.write(entries)
    }

    /// Writes a packet with one filter, which must be valid, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public static func emit(
      _ filter: Span<UInt8>, packetID: PacketID, to writer: inout ByteWriter
    ) throws(Overflow) {
      precondition(TopicFilter.isValid(filter))
      try header(entryByteCount: 2 + filter.count).emitForWholePacket(to: &writer)
      try writer.write(packetID)
      try writer.write(mqttBytes: filter)
    }

    private static func header(entryByteCount: Int) -> FixedHeader {
      FixedHeader(type: .unsubscribe, flags: 0b0010, remainingLength: 2 + entryByteCount)
    }
  }
}
