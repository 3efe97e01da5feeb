import MQTTClient
import Testing
import Units
import Wire

@Suite struct OversizedTests {
  /// The inbox holds 1024 bytes: a fixed header of 3, a topic of 2 + 1, an identifier of 2.
  private static let largestPayload = 1_024 - 3 - 3 - 2

  @Test(arguments: [1, 2, 3, 100, 1_023, 1_024])
  func handsOutTheLargestAndSkipsTheNext(_ size: Int) {
    let bench = Bench()
    bench.connect()
    let fitting = [UInt8](repeating: 1, count: Self.largestPayload)
    let bytes =
      publishPacket("t", fitting, packetID: 1) + publishPacket("t", fitting + [2], packetID: 2)
      + publishPacket("t", fitting + [3], packetID: 3) + publishPacket("t", [4], packetID: 4)
    #expect(
      bench.stream(bytes, inPiecesOf: size) == [
        .message("t", fitting, qos: 1), .oversized(1_025), .oversized(1_025),
        .message("t", [4], qos: 1),
      ])
    bench.expectSend(puback(1) + puback(2) + puback(3) + puback(4))
    #expect(bench.client.counters.messagesOversized == 2)
    #expect(bench.client.counters.messagesReceived == 2)
  }

  @Test(arguments: [0, 1, 1_020, 1_100, 2_047, 2_048, 2_049, 100_000])
  func skipsMessagesOfAnySize(_ extra: Int) {
    let bench = Bench()
    bench.connect()
    let payload = [UInt8](repeating: 0xC0, count: Self.largestPayload + 3 + extra)
    let large = publishPacket("t", payload)
    let seen = bench.stream(large + publishPacket("u", [7]), inPiecesOf: 500)
    #expect(seen == [.oversized(large.count), .message("u", [7], qos: 0)])
    #expect(bench.isSilent)
  }

  @Test func skipsUpToTheLongestPacketThereIs() {
    let bench = Bench()
    bench.connect()
    bench.receive([0x30, 0xFF, 0xFF, 0xFF, 0x7F] + counted("t"))
    #expect(bench.events() == [])
    let rest = [UInt8](repeating: 0xFF, count: 1_024)
    for _ in 0..<200 {
      bench.receive(rest)
      #expect(bench.events() == [])
    }
    #expect(bench.isConnected)
    #expect(bench.client.step() == .receive)
  }

  @Test func needsRoomForTheTopicOfWhatItSkips() {
    // Fixed header 3, length 2, identifier 2: a topic of 1017 bytes is the last one that fits.
    for (count, fits) in [(1_016, true), (1_017, true), (1_018, false), (5_000, false)] {
      let bench = Bench()
      bench.connect()
      let topic = String(repeating: "x", count: count)
      let large = publishPacket(topic, [UInt8](repeating: 0, count: 3_000), packetID: 6)
      let seen = bench.stream(large, inPiecesOf: 200)
      #expect(
        seen == [fits ? .oversized(large.count) : .failed(.oversizedPacket(byteCount: large.count))]
      )
    }
  }

  @Test func checksWhatItSkips() {
    let large = [UInt8](repeating: 0, count: 2_000)
    for (body, reason) in [
      (counted("a/#") + large, .topicName), ([0, 1, 0xFF] + large, .text),
      (counted("t") + [0, 0] + large, .packetID),
    ] as [([UInt8], MQTT.Malformed)] {
      let bench = Bench()
      bench.connect()
      #expect(
        bench.stream(packet(0x32, body), inPiecesOf: 7) == [.failed(.malformed(reason))])
    }
    let bench = Bench()
    bench.connect()
    // A topic that is longer than the packet (CVE-2019-17210), in a packet longer than the inbox.
    #expect(
      bench.stream(packet(0x30, [0xFF, 0xFF] + large), inPiecesOf: 1)
        == [.failed(.malformed(.truncated))])
  }

  @Test(arguments: [0x20, 0x40, 0x90, 0xB0, 0xD0] as [UInt8])
  func refusesOtherOversizedPackets(_ firstByte: UInt8) {
    let bench = Bench()
    if firstByte == 0x20 {
      bench.startConnect()
      _ = bench.takeBytes()
    } else {
      bench.connect()
    }
    // Length 2000: known from the header alone.
    bench.receive([firstByte, 0xD0, 0x0F])
    #expect(bench.events() == [.failed(.oversizedPacket(byteCount: 2_003))])
  }

  @Test func acknowledgesWhatItSkippedOnlyWithRoomForIt() throws {
    let bench = Bench()
    bench.connect()
    try bench.subscribe(String(repeating: "x", count: 1_100))
    while (try? bench.subscribe("yyyyyyy")) != nil {}
    let large = publishPacket("t", [UInt8](repeating: 0, count: 2_000), packetID: 2)
    let small = ([3, 4, 5, 6, 7, 8] as [UInt16]).flatMap { publishPacket("t", [], packetID: $0) }
    var rest = small + large + publishPacket("t", [], packetID: 1)
    var seen: [Seen] = []
    for _ in 0..<10 {
      rest = bench.receive(rest)
      seen += bench.events()
    }
    #expect(seen.count < 6)
    for _ in 0..<20 {
      _ = bench.takeBytes()
      rest = bench.receive(rest)
      seen += bench.events()
    }
    let message = Seen.message("t", [], qos: 1)
    #expect(
      seen == Array(repeating: message, count: 6) + [.oversized(large.count), message])
  }

  @Test func holdsBackTheReportOfWhatItSkippedUntilItCanAcknowledge() throws {
    let bench = Bench()
    bench.connect()
    let large = publishPacket("t", [UInt8](repeating: 0, count: 2_000), packetID: 2)
    // 1108 bytes and four times 8 leave 12: the reserve of 8 and the PUBACK of one more message.
    try bench.subscribe(String(repeating: "x", count: 1_100))
    while (try? bench.subscribe("y")) != nil {}
    let message = publishPacket("t", [], packetID: 1)
    #expect(bench.stream(message + message, inPiecesOf: 20).count == 2)
    #expect(bench.stream(large, inPiecesOf: 20) == [])
    #expect(bench.client.step() == .transmit)
    _ = bench.takeBytes(upTo: 100)
    #expect(bench.client.step() == .event)
    #expect(bench.events() == [.oversized(large.count)])
    #expect(bench.takeBytes().suffix(12) == (puback(1) + puback(1) + puback(2))[...])
  }

  @Test func forgetsTheSkippingWithTheConnection() {
    let bench = Bench()
    bench.connect()
    let large = publishPacket("t", [UInt8](repeating: 0, count: 2_000), packetID: 2)
    #expect(bench.stream(Array(large.dropLast()), inPiecesOf: 300) == [])
    bench.client.connectionLost()
    bench.connect(sessionPresent: true)
    bench.receive(publishPacket("t", [1]))
    #expect(bench.events() == [.message("t", [1], qos: 0)])
    bench.expectSend([])
  }
}
