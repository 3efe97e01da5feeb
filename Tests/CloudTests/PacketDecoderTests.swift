import NIOCore
import Testing
import Wire

@testable import Cloud

@Suite struct PacketDecoderTests {
  /// CONNECT with the client identifier `a`, user name `u`, password `p`, keep-alive 10, clean.
  private static let connect: [UInt8] =
    [0x10, 19, 0, 4] + Array("MQTT".utf8) + [4, 0b1100_0010, 0, 10]
    + [0, 1, 0x61, 0, 1, 0x75, 0, 1, 0x70]

  private static let stream: [UInt8] =
    connect
    + [0x32, 7, 0, 2, 0x61, 0x62, 0, 9, 0x78]
    + [0x82, 6, 0, 5, 0, 1, 0x61, 1]
    + [0xC0, 0, 0xE0, 0]

  @Test func everySplitGivesTheSamePackets() throws {
    let expected: [Packet] = [
      .connect(
        ConnectRequest(
          clientID: "a", password: [0x70], keepAliveSeconds: 10, cleanSession: true)),
      .publish(
        PublishedMessage(
          topic: "ab", payload: [0x78], packetID: MQTT.PacketID(9), duplicate: false)),
      .subscribe(
        try #require(MQTT.PacketID(5)),
        [SubscriptionRequest(filter: "a", quality: .atLeastOnce)]),
      .pingreq,
      .disconnect,
    ]
    for split in 0...Self.stream.count {
      var decoder = PacketDecoder(packetByteMaximum: 100)
      var buffer = ByteBuffer(bytes: Self.stream[..<split])
      var packets: [Packet] = []
      while let sized = try decoder.decode(buffer: &buffer) { packets.append(sized.packet) }
      buffer.writeBytes(Self.stream[split...])
      while let sized = try decoder.decode(buffer: &buffer) { packets.append(sized.packet) }
      #expect(packets == expected, "split at \(split)")
      #expect(buffer.readableBytes == 0)
    }
  }

  @Test func sizesAreChecked() throws {
    var decoder = PacketDecoder(packetByteMaximum: 21)
    var fits = ByteBuffer(bytes: Self.connect)
    #expect(try decoder.decode(buffer: &fits)?.byteCount == 21)
    var announced = ByteBuffer(bytes: [0x30, 20])
    #expect(throws: PacketDecoder.TooLarge(byteCount: 22)) {
      try decoder.decode(buffer: &announced)
    }
  }

  @Test func corruptionNeverTraps() {
    for index in Self.stream.indices {
      for bit in 0..<8 {
        var bytes = Self.stream
        bytes[index] ^= 1 << bit
        var decoder = PacketDecoder(packetByteMaximum: 100)
        var buffer = ByteBuffer(bytes: bytes)
        do {
          while try decoder.decode(buffer: &buffer) != nil {}
        } catch {
          #expect(error is MQTT.Malformed || error is PacketDecoder.TooLarge)
        }
      }
    }
  }

  @Test func exactlyOnceIsRecognized() throws {
    for bytes: [UInt8] in [[0x34, 5, 0, 1, 0x61, 0, 1], [0x62, 2, 0, 1]] {
      var decoder = PacketDecoder(packetByteMaximum: 100)
      var buffer = ByteBuffer(bytes: bytes)
      #expect(try decoder.decode(buffer: &buffer)?.packet == .exactlyOnce)
    }
  }

  @Test func answersHaveTheBytesOfTheStandard() throws {
    let seven = try #require(MQTT.PacketID(7))
    let connack = MQTT.Connack(sessionPresent: true, returnCode: .accepted)
    #expect(OutgoingPacket.connack(connack).encoded() == [0x20, 2, 1, 0])
    #expect(OutgoingPacket.puback(seven).encoded() == [0x40, 2, 0, 7])
    #expect(
      OutgoingPacket.suback(seven, [.granted(.atLeastOnce), .refused]).encoded()
        == [0x90, 4, 0, 7, 1, 0x80])
    #expect(OutgoingPacket.unsuback(seven).encoded() == [0xB0, 2, 0, 7])
    #expect(OutgoingPacket.pingresp.encoded() == [0xD0, 0])
    let message = DeviceMessage(kind: .config, topic: "t", payload: [1, 2])
    #expect(
      OutgoingPacket.publish(Delivery(message: message, packetID: seven, duplicate: true))
        .encoded() == [0x3A, 7, 0, 1, 0x74, 0, 7, 1, 2])
    #expect(
      OutgoingPacket.publish(Delivery(message: message, packetID: nil, duplicate: false))
        .encoded() == [0x30, 5, 0, 1, 0x74, 1, 2])
  }
}
