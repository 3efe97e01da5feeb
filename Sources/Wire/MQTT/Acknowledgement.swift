public import Bytes

extension MQTT {
  /// A step in the delivery of one message: PUBACK, PUBREC, PUBREL or PUBCOMP.
  ///
  /// The four differ by their type alone (sections 3.4 to 3.7).
  public struct Acknowledgement: Equatable, Sendable {
    /// Which of the four it is.
    public let kind: Kind
    /// The identifier of the message.
    public let packetID: PacketID

    /// The steps of delivery, with their packet types.
    public enum Kind: Sendable {
      /// A QoS 1 message was received.
      case puback
      /// A QoS 2 message was received.
      case pubrec
      /// A QoS 2 message may be released.
      case pubrel
      /// A QoS 2 message was released.
      case pubcomp

      var header: FixedHeader {
        switch self {
        case .puback: FixedHeader(type: .puback, flags: 0, remainingLength: 2)
        case .pubrec: FixedHeader(type: .pubrec, flags: 0, remainingLength: 2)
        case .pubrel: FixedHeader(type: .pubrel, flags: 0b0010, remainingLength: 2)
        case .pubcomp: FixedHeader(type: .pubcomp, flags: 0, remainingLength: 2)
        }
      }
    }

    /// The number of bytes of the packet.
    public static let byteCount = 4

    /// Creates the packet.
    public init(_ kind: Kind, packetID: PacketID) {
      self.kind = kind
      self.packetID = packetID
    }

    /// Reads the body of a packet of `kind`.
    public static func parse(
      _ body: Span<UInt8>, kind: Kind
    ) throws(Malformed) -> Acknowledgement {
      var reader = ByteReader(body)
      let packetID = try reader.mqttPacketID()
      try reader.mqttEnd()
      return Acknowledgement(kind, packetID: packetID)
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try kind.header.emitForWholePacket(to: &writer)
      try writer.write(packetID)
    }
  }
}
