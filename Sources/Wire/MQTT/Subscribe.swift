public import Bytes

extension MQTT {
  /// A client's wish for messages (section 3.8), with at least one filter.
  public struct Subscribe: ~Escapable {
    /// The identifier that the answer will carry.
    public let packetID: PacketID
    /// The entries as they are on the wire, all of them well-formed.
    private let entries: Span<UInt8>

    @_lifetime(copy entries)
    private init(packetID: PacketID, entries: Span<UInt8>) {
      self.packetID = packetID
      self.entries = entries
    }

    /// The entries, in order.
    public var subscriptions: Subscriptions {
      @_lifetime(copy self)
      get { Subscriptions(entries) }
    }

    /// Reads a packet body.
    @_lifetime(copy body)
    public static func parse(_ body: Span<UInt8>) throws(Malformed) -> Subscribe {
      var reader = ByteReader(body)
      let packetID = try reader.mqttPacketID()
      let entries = reader.rest
      guard !entries.isEmpty else { throw .empty }
      while !reader.isAtEnd { _ = try Subscription.parse(&reader) }
      return Subscribe(packetID: packetID, entries: entries)
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try Self.header(entryByteCount: entries.count).emitForWholePacket(to: &writer)
      try writer.write(packetID)
      try writer.write(entries)
    }

    /// Writes a packet with one entry, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public static func emit(
      _ subscription: borrowing Subscription, packetID: PacketID, to writer: inout ByteWriter
    ) throws(Overflow) {
      try header(entryByteCount: subscription.byteCount).emitForWholePacket(to: &writer)
      try writer.write(packetID)
      try subscription.emit(to: &writer)
    }

    private static func header(entryByteCount: Int) -> FixedHeader {
      FixedHeader(type: .subscribe, flags: 0b0010, remainingLength: 2 + entryByteCount)
    }
  }
}
