import NIOCore
import Wire

/// Cuts the stream of bytes into packets.
struct PacketDecoder: NIOSingleStepByteToMessageDecoder {
  typealias InboundOut = SizedPacket

  /// The largest packet, header included.
  let packetByteMaximum: Int

  /// A packet and the number of its bytes.
  struct SizedPacket: Equatable, Sendable {
    let packet: Packet
    let byteCount: Int
  }

  /// The peer announced a packet above the limit.
  struct TooLarge: Error, Equatable {
    let byteCount: Int
  }

  /// Takes the first packet off `buffer`, or nothing if it is not there to its end.
  ///
  /// - Throws: `MQTT.Malformed` or `TooLarge`, as early as the bytes show it.
  mutating func decode(buffer: inout ByteBuffer) throws -> SizedPacket? {
    switch MQTT.FixedHeader.parse(buffer.readableBytesUInt8Span) {
    case .incomplete: return nil
    case .malformed(let malformed): throw malformed
    case .header(let header):
      let byteCount = header.packetByteCount
      guard byteCount <= packetByteMaximum else { throw TooLarge(byteCount: byteCount) }
      guard let packet = buffer.readSlice(length: byteCount) else { return nil }
      let body = packet.readableBytesUInt8Span.extracting(droppingFirst: header.byteCount)
      return SizedPacket(packet: try Packet.parse(body, header: header), byteCount: byteCount)
    }
  }

  mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> SizedPacket? {
    try decode(buffer: &buffer)
  }
}
