public import Bytes

extension MQTT {
  /// The server's answer to a CONNECT (section 3.2).
  public struct Connack: Equatable, Sendable {
    /// True if the server kept a session of this client.
    public let sessionPresent: Bool
    /// Whether the session is open, and if not, why.
    public let returnCode: ConnectReturnCode

    /// Creates the packet; only an accepted connection can have a session.
    public init(sessionPresent: Bool, returnCode: ConnectReturnCode) {
      precondition(!sessionPresent || returnCode == .accepted)
      self.sessionPresent = sessionPresent
      self.returnCode = returnCode
    }

    /// Reads a packet body.
    public static func parse(_ body: Span<UInt8>) throws(Malformed) -> Connack {
      var reader = ByteReader(body)
      let flags = try reader.mqttByte()
      let code = try reader.mqttByte()
      try reader.mqttEnd()
      guard flags & ~1 == 0 else { throw .connectFlags }
      guard let returnCode = ConnectReturnCode(rawValue: code) else { throw .returnCode }
      guard flags == 0 || returnCode == .accepted else { throw .connectFlags }
      return Connack(sessionPresent: flags == 1, returnCode: returnCode)
    }

    /// Writes the packet, or throws and writes nothing.
    @_lifetime(writer: copy writer)
    public func emit(to writer: inout ByteWriter) throws(Overflow) {
      try FixedHeader(type: .connack, flags: 0, remainingLength: 2).emitForWholePacket(to: &writer)
      try writer.write(sessionPresent ? 1 : 0)
      try writer.write(returnCode.rawValue)
    }
  }
}
