public import Bytes

extension MQTT {
  /// The server's answer to a PINGREQ (section 3.13).
  public struct Pingresp: Equatable, Sendable {
    /// The number of bytes of the packet.
    public static let byteCount = 2

    /// Creates the packet.
    public init() {}

    /// Reads a packet body, which is empty.
    public static func parse(_ body: Span<UInt8>) throws(Malformed) -> Pingresp {
      guard body.isEmpty else { throw .trailingBytes }
      return Pingresp()
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try FixedHeader(type: .pingresp, flags: 0, remainingLength: 0).emitForWholePacket(to: &writer)
    }
  }
}
