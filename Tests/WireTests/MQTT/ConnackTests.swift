import Bytes
import Testing
import Wire

@Suite struct ConnackTests {
  @Test func roundTripsEveryAnswer() throws {
    for code in UInt8(0)...5 {
      let returnCode = try #require(MQTT.ConnectReturnCode(rawValue: code))
      let connack = MQTT.Connack(sessionPresent: code == 0, returnCode: returnCode)
      let bytes = try written { (writer) throws(Overflow) in try connack.emit(to: &writer) }
      #expect(bytes == [0x20, 2, code == 0 ? 1 : 0, code])
      #expect(try MQTT.Connack.parse(bytes.span.extracting(droppingFirst: 2)) == connack)
    }
  }

  @Test(
    arguments: [
      ([], .truncated), ([0], .truncated), ([0, 0, 0], .trailingBytes), ([2, 0], .connectFlags),
      ([0x80, 0], .connectFlags), ([0, 6], .returnCode), ([0, 0xFF], .returnCode),
      // A refused connection has no session (section 3.2.2.2).
      ([1, 5], .connectFlags),
    ] as [([UInt8], MQTT.Malformed)])
  func refusesWhatTheStandardForbids(body: [UInt8], reason: MQTT.Malformed) {
    #expect(refusal(of: packet(0x20, body)) == .malformed(reason))
  }

  @Test func trapsOnASessionThatWasRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = MQTT.Connack(sessionPresent: true, returnCode: .notAuthorized)
    }
  }
}
