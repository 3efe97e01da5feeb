import Bytes
import MQTTClient
import Testing
import Units
import Wire

@Suite struct SubscriptionTests {
  @Test func subscribesAndUnsubscribes() throws {
    let bench = Bench()
    bench.connect()
    #expect(try bench.subscribe("a/+") == 0x8000)
    #expect(!bench.isDrained)
    bench.expectSend(packet(0x82, [0x80, 0] + counted("a/+") + [1]))
    bench.receive([0x90, 3, 0x80, 0, 1])
    #expect(bench.events() == [.subscribed(0x8000, qos: 1)])
    #expect(try bench.unsubscribe("a/+") == 0x8001)
    bench.expectSend(packet(0xA2, [0x80, 1] + counted("a/+")))
    bench.receive([0xB0, 2, 0x80, 1])
    #expect(bench.events() == [.unsubscribed(0x8001)])
    #expect(bench.isDrained)
  }

  @Test func reportsALowerGrantAndARefusal() throws {
    let bench = Bench()
    bench.connect()
    try bench.subscribe("a")
    try bench.subscribe("b")
    _ = bench.takeBytes()
    bench.receive([0x90, 3, 0x80, 1, 0x80, 0x90, 3, 0x80, 0, 0])
    #expect(bench.events() == [.subscriptionRefused(0x8001), .subscribed(0x8000, qos: 0)])
  }

  @Test func refusesWhatCannotBeAsked() throws {
    let bench = Bench()
    #expect(throws: SubscribeFailure.notConnected) { try bench.subscribe("a") }
    bench.connect()
    #expect(throws: SubscribeFailure.invalidFilter) { try bench.subscribe("a#") }
    #expect(throws: SubscribeFailure.invalidFilter) { try bench.unsubscribe("") }
    let long = String(repeating: "x", count: 1_200)
    #expect(throws: SubscribeFailure.tooLarge) { try bench.subscribe(long) }
    let half = String(repeating: "x", count: 600)
    try bench.subscribe(half)
    #expect(throws: SubscribeFailure.full) { try bench.subscribe(half) }
    _ = bench.takeBytes()
    try bench.subscribe(half)
  }

  @Test func hasRoomForEightQuestions() throws {
    let bench = Bench()
    bench.connect()
    for _ in 0..<8 { try bench.subscribe("a") }
    _ = bench.takeBytes()
    #expect(throws: SubscribeFailure.full) { try bench.unsubscribe("a") }
    bench.receive([0x90, 3, 0x80, 4, 0])
    #expect(bench.events() == [.subscribed(0x8004, qos: 0)])
    #expect(try bench.unsubscribe("a") == 0x8008)
  }

  @Test(
    arguments: [
      // CVE-2024-10525: an answer without a code.
      ([0x90, 2, 0x80, 0], .malformed(.empty)),
      ([0x90, 4, 0x80, 0, 0, 0], .protocolViolation(.unexpectedGrant(.firstRequest))),
      // More than was asked for.
      ([0x90, 3, 0x80, 0, 2], .protocolViolation(.unexpectedGrant(.firstRequest))),
      ([0x90, 3, 0x80, 0, 3], .malformed(.returnCode)),
      ([0xB0, 2, 0x80, 0], .protocolViolation(.unexpectedAcknowledgement(.firstRequest))),
      ([0xB0, 3, 0x80, 0, 0], .malformed(.trailingBytes)),
    ] as [([UInt8], MQTTFailure)])
  func refusesWrongAnswers(answer: [UInt8], failure: MQTTFailure) throws {
    let bench = Bench()
    bench.connect()
    try bench.subscribe("a")
    _ = bench.takeBytes()
    bench.receive(answer)
    #expect(bench.events() == [.failed(failure)])
  }

  @Test func refusesAnAnswerToWhatWasNotSent() throws {
    let bench = Bench()
    bench.connect()
    try bench.subscribe("a")
    _ = bench.takeBytes(upTo: 7)
    bench.receive([0x90, 3, 0x80, 0, 0])
    #expect(
      bench.events() == [.failed(.protocolViolation(.unexpectedAcknowledgement(.firstRequest)))])
  }

  @Test func countsAndIgnoresAnswersToNothing() {
    let bench = Bench()
    bench.connect()
    bench.receive([0x90, 3, 0, 9, 0, 0xB0, 2, 0, 9])
    #expect(bench.events() == [])
    #expect(bench.client.counters.unknownAcknowledgements == 2)
  }

  @Test func waitsSixtySecondsForAnAnswer() throws {
    let bench = Bench()
    bench.connect(keepAlive: 0)
    try bench.subscribe("a")
    #expect(bench.client.deadline == .never)
    _ = bench.takeBytes()
    bench.wait(milliseconds: 59_999)
    #expect(bench.events() == [])
    bench.wait(milliseconds: 1)
    #expect(bench.events() == [.failed(.acknowledgementTimeout)])
  }
}

extension MQTT.PacketID {
  /// Requests have identifiers from the upper half.
  fileprivate static let firstRequest = MQTT.PacketID(0x8000) ?? .first
}
