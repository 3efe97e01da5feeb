public import Bytes

extension MQTT {
  /// The server's answer to an UNSUBSCRIBE (section 3.11).
  public struct Unsuback: Equatable, Sendable {
    /// The identifier of the UNSUBSCRIBE.
    public let packetID: PacketID

    /// Creates the packet.
    public init(packetID: PacketID) { self.packetID = packetID }

    /// Reads a packet body.
    public static func parse(_ body: Span<UInt8>) throws(Malformed) -> Unsuback {
      var reader = ByteReader(body)
      let packetID = try reader.mqttPacketID()
      try reader.mqttEnd()
      return Unsuback(packetID: packetID)
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try FixedHeader(type: .unsuback, flags: 0, remainingLength: 2).emitForWholePacket(to: &writer)
      try writer.write(packetID)
    }
  }
}
