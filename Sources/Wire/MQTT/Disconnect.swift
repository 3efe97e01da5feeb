public import Bytes

extension MQTT {
  /// A client's last packet: no will is to be published (section 3.14).
  public struct Disconnect: Equatable, Sendable {
    /// The number of bytes of the packet.
    public static let byteCount = 2

    /// Creates the packet.
    public init() {}

    /// Reads a packet body, which is empty.
    public static func parse(_ body: Span<UInt8>) throws(Malformed) -> Disconnect {
      guard body.isEmpty else { throw .trailingBytes }
      return Disconnect()
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try FixedHeader(type: .disconnect, flags: 0, remainingLength: 0).emitForWholePacket(
        to: &writer)
    }
  }
}
