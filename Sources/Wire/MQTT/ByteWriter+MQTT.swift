import Bytes

/// The field types of section 1.5.
extension ByteWriter {
  /// Writes `bytes` behind their count, which must fit 16 bits.
  @_lifetime(self: copy self)
  mutating func write(mqttBytes bytes: Span<UInt8>) throws(Overflow) {
    precondition(bytes.count <= Int(UInt16.max))
    try write(bigEndian: UInt16(truncatingIfNeeded: bytes.count))
    try write(bytes)
  }

  @_lifetime(self: copy self)
  mutating func write(_ packetID: MQTT.PacketID) throws(Overflow) {
    try write(bigEndian: packetID.rawValue)
  }
}
