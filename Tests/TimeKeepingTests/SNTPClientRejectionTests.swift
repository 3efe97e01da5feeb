import Testing
import TimeKeeping
import Units
import Wire

@Suite struct SNTPClientRejectionTests {
  /// One flaw in an otherwise good answer.
  struct Flaw: Sendable, CustomTestStringConvertible {
    let reason: SNTPRejection
    let change: @Sendable (inout SNTPPacket) -> Void
    var testDescription: String { "\(reason)" }

    init(_ reason: SNTPRejection, _ change: @escaping @Sendable (inout SNTPPacket) -> Void) {
      self.reason = reason
      self.change = change
    }
  }

  static let flaws: [Flaw] = [
    Flaw(.notAnAnswer) { $0.mode = .client },
    Flaw(.notAnAnswer) { $0.mode = .broadcast },
    Flaw(.notAnAnswer) { $0.mode = .symmetricActive },
    Flaw(.version) { $0.version = 2 },
    Flaw(.version) { $0.version = 5 },
    Flaw(.originateZero) { $0.originate = .zero },
    Flaw(.originateMismatch) { $0.originate = NTPTimestamp(bits: testNonce ^ 1) },
    Flaw(.originateMismatch) { $0.originate = NTPTimestamp(bits: testNonce ^ 1 << 63) },
    Flaw(.unsynchronized) { $0.leapIndicator = .unsynchronized },
    Flaw(.stratum) { $0.stratum = 16 },
    Flaw(.stratum) { $0.stratum = 255 },
    Flaw(.transmitZero) { $0.transmit = .zero },
    Flaw(.receiveAfterTransmit) {
      $0.receive = NTPTimestamp(testDate + Interval(milliseconds: 1))
    },
    Flaw(.processingTime) {
      $0.receive = NTPTimestamp(testDate - Interval(milliseconds: 1_021))
    },
    Flaw(.rootDistance) { $0.rootDispersion = NTPShort(Interval(milliseconds: 1_001)) },
    Flaw(.rootDistance) { $0.rootDelay = NTPShort(Interval(milliseconds: 2_002)) },
    Flaw(.rootDistance) { $0.rootDelay = NTPShort(bits: .max) },
    Flaw(.rootDistance) { $0.rootDispersion = NTPShort(bits: .max) },
  ]

  @Test(arguments: flaws)
  func aFlawIsNamedAndTheGoodAnswerBehindItStillCounts(_ flaw: Flaw) {
    var client = SNTPClient.asked(at: .seconds(1))
    var answer = goodAnswer()
    flaw.change(&answer)
    client.receive(answer.bytes, now: .seconds(2))
    #expect(client.nextRejection() == flaw.reason)
    #expect(client.step() == .receive)
    #expect(client.deadline == .seconds(11))
    client.receive(goodAnswer().bytes, now: .seconds(2))
    #expect(client.nextSample() != nil)
  }

  @Test(arguments: 1..<48)
  func aShortDatagramIsNamed(_ count: Int) {
    var client = SNTPClient.asked(at: .seconds(1))
    client.receive(Array(goodAnswer().bytes.prefix(count)), now: .seconds(2))
    #expect(client.nextRejection() == .tooShort)
    #expect(client.step() == .receive)
  }

  @Test func noDatagramIsNoRejection() {
    var client = SNTPClient.asked(at: .seconds(1))
    client.received(0, now: .seconds(2))
    #expect(client.nextEvent() == nil)
  }

  @Test func theLimitsThemselvesAreAllowed() throws {
    for version: UInt8 in [3, 4] {
      for stratum: UInt8 in [1, 15] {
        var client = SNTPClient.asked(at: .seconds(1))
        var answer = goodAnswer(processing: 1_020)
        answer.version = version
        answer.stratum = stratum
        answer.leapIndicator = .insertion
        answer.rootDelay = NTPShort(Interval(milliseconds: 1_000))
        answer.rootDispersion = NTPShort(Interval(milliseconds: 500))
        client.receive(answer.bytes, now: .seconds(2))
        #expect(try client.sample().stratum == stratum)
      }
    }
  }

  @Test func aLateAnswerIsRejectedEvenBeforeTheDeadlineIsNoticed() {
    var client = SNTPClient.asked(at: .seconds(1))
    client.receive(goodAnswer().bytes, now: Instant(milliseconds: 11_001))
    #expect(client.nextRejection() == .roundTrip)
    client.receive(goodAnswer().bytes, now: .seconds(11))
    #expect(client.nextSample() != nil)
  }

  @Test func aFloodIsReportedInPartAndCancelsNothing() {
    var client = SNTPClient.asked(at: .seconds(1))
    var reports = 0
    for _ in 0..<1_000 {
      var answer = goodAnswer()
      answer.originate = NTPTimestamp(bits: 3)
      client.receive(answer.bytes, now: .seconds(2))
      if client.nextRejection() == .originateMismatch { reports += 1 }
    }
    #expect(reports == 8)
    client.receive(goodAnswer().bytes, now: .seconds(2))
    #expect(client.nextSample() != nil)
  }

  @Test func noCorruptionOfOneBitPassesAsAnotherDateOfOurs() {
    let sound = goodAnswer().bytes
    for bit in 0..<(48 * 8) {
      var bytes = sound
      bytes[bit / 8] ^= 1 << (bit % 8)
      var client = SNTPClient.asked(at: .seconds(1))
      client.receive(bytes, now: .seconds(1))
      let isInNonce = (24..<32).contains(bit / 8)
      if isInNonce { #expect(client.nextRejection() == .originateMismatch) }
      // Whatever comes of it, the exchange has either ended or waits on.
      #expect(client.step() == .stop || client.step() == .receive)
    }
  }
}
