public import Bytes

extension MQTT {
  /// A client's question whether the server is there (section 3.12).
  public struct Pingreq: Equatable, Sendable {
    /// The number of bytes of the packet.
    public static let byteCount = 2

    /// Creates the packet.
    public init() {}

    /// Reads a packet body, which is empty.
    public static func parse(_ body: Span<UInt8>) throws(Malformed) -> Pingreq {
      guard body.isEmpty else { throw .trailingBytes }
      return Pingreq()
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try FixedHeader(type: .pingreq, flags: 0, remainingLength: 0).emitForWholePacket(to: &writer)
    }
  }
}
