public import Bytes

extension MQTT {
  /// The server's answer to a SUBSCRIBE (section 3.9): one code for each filter, in order.
  public struct Suback: ~Escapable {
    /// The identifier of the SUBSCRIBE.
    public let packetID: PacketID
    /// The codes as they are on the wire, at least one, all of them defined ones.
    public let codes: Span<UInt8>

    /// Creates the packet from the raw values of its codes, which must be at least one and defined.
    @_lifetime(copy codes)
    public init(packetID: PacketID, codes: Span<UInt8>) {
      precondition(!codes.isEmpty && Self.areDefined(codes))
      self.packetID = packetID
      self.codes = codes
    }

    /// The answer to the filter with this index.
    public func code(at index: Int) -> SubscribeReturnCode {
      // Never nil: every value was checked by the initializer.
      SubscribeReturnCode(rawValue: codes[index]) ?? .refused
    }

    /// Reads a packet body.
    @_lifetime(copy body)
    public static func parse(_ body: Span<UInt8>) throws(Malformed) -> Suback {
      var reader = ByteReader(body)
      let packetID = try reader.mqttPacketID()
      let codes = reader.rest
      guard !codes.isEmpty else { throw .empty }
      guard areDefined(codes) else { throw .returnCode }
      return Suback(packetID: packetID, codes: codes)
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try FixedHeader(type: .suback, flags: 0, remainingLength: 2 + codes.count)
        .emitForWholePacket(to: &writer)
      try writer.write(packetID)
      try writer.write(codes)
    }

    private static func areDefined(_ codes: Span<UInt8>) -> Bool {
      for index in codes.indices where SubscribeReturnCode(rawValue: codes[index]) == nil {
        return false
      }
      return true
    }
  }
}
