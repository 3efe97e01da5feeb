import Bytes
import Testing
import Wire

@Suite struct AcknowledgementTests {
  @Test func roundTripsEveryIdentifierOfEveryKind() throws {
    let kinds: [(MQTT.Acknowledgement.Kind, UInt8)] = [
      (.puback, 0x40), (.pubrec, 0x50), (.pubrel, 0x62), (.pubcomp, 0x70),
    ]
    for (kind, firstByte) in kinds {
      for number in stride(from: UInt16(1), to: .max, by: 257) {
        let packetID = try #require(MQTT.PacketID(number))
        let acknowledgement = MQTT.Acknowledgement(kind, packetID: packetID)
        let bytes = try written(capacity: 4) { (writer) throws(Overflow) in
          try acknowledgement.emit(to: &writer)
        }
        #expect(bytes == [firstByte, 2, UInt8(number >> 8), UInt8(number & 0xFF)])
        let body = bytes.span.extracting(droppingFirst: 2)
        #expect(try MQTT.Acknowledgement.parse(body, kind: kind) == acknowledgement)
      }
    }
  }

  @Test func identifiersAreNeverZero() throws {
    #expect(MQTT.PacketID(0) == nil)
    #expect(MQTT.PacketID(.max)?.next == .first)
    #expect(MQTT.PacketID.first.next.rawValue == 2)
  }
}
