import Testing
import TimeKeeping
import Units
import Wire

@Suite struct SNTPClientTests {
  @Test func asksWithNothingButTheNonce() throws {
    var client = SNTPClient()
    #expect(client.step() == .stop)
    #expect(client.bytesToSend.count == 0)
    #expect(client.deadline == .never)
    client.start(nonce: testNonce, pivot: testDate, now: .seconds(5))
    #expect(client.step() == .transmit)
    let request = try SNTPPacket.parse(client.bytesToSend)
    #expect(request == .request(transmit: NTPTimestamp(bits: testNonce)))
    client.sent(0, now: .seconds(6))
    #expect(client.step() == .transmit)
    client.sent(48, now: .seconds(6))
    #expect(client.step() == .receive)
    #expect(client.bytesToSend.count == 0)
    #expect(client.deadline == .seconds(16))
  }

  @Test func aNonceOfZeroIsNotSent() throws {
    var client = SNTPClient()
    client.start(nonce: 0, pivot: testDate, now: .seconds(0))
    #expect(try SNTPPacket.parse(client.bytesToSend).transmit.bits == 1)
  }

  @Test func aPartOfADatagramTraps() async {
    await #expect(processExitsWith: .failure) {
      var client = SNTPClient()
      client.start(nonce: 1, pivot: UnixTime(seconds: 0), now: Instant(milliseconds: 0))
      client.sent(47, now: Instant(milliseconds: 0))
    }
  }

  @Test func theDateIsThatOfTheMiddleOfTheRoundTrip() throws {
    var client = SNTPClient.asked(at: .seconds(100))
    var answer = goodAnswer(processing: 200)
    answer.rootDelay = NTPShort(bits: 0x8000)
    answer.rootDispersion = NTPShort(bits: 0x4000)
    client.receive(answer.bytes, now: Instant(milliseconds: 101_000))
    let sample = try client.sample()
    // 1000 ms in all, 200 of them at the server: the answer took 400, give or take as much.
    #expect(sample.time == testDate + Interval(milliseconds: 400))
    #expect(sample.instant == .seconds(101))
    #expect(sample.uncertainty == Interval(milliseconds: 400 + 250 + 250 + 20))
    #expect(sample.stratum == 2)
    #expect(client.step() == .stop)
    #expect(client.deadline == .never)
    #expect(client.nextEvent() == nil)
  }

  @Test func theTrueDateLiesWithinTheUncertaintyWhateverTheAsymmetry() throws {
    for there in stride(from: UInt64(0), through: 4_000, by: 250) {
      for back in stride(from: UInt64(0), through: 4_000, by: 250) {
        let processing: UInt64 = 40
        var client = SNTPClient.asked(at: .seconds(1))
        let answer = goodAnswer(processing: processing)
        let total = there + processing + back
        client.receive(answer.bytes, now: Instant(milliseconds: 1_000 + total))
        let sample = try client.sample()
        let truth = testDate + Interval(milliseconds: back)
        #expect(sample.time.distance(to: truth) <= sample.uncertainty)
      }
    }
  }

  @Test func aCoarseClockMayMissTheProcessingTime() throws {
    var client = SNTPClient.asked(at: .seconds(1))
    client.receive(goodAnswer(processing: 20).bytes, now: .seconds(1))
    let sample = try client.sample()
    #expect(sample.time == testDate)
  }

  @Test(arguments: [
    (UnixTime(seconds: 2_085_978_495), UnixTime(seconds: 2_085_978_497)),
    (UnixTime(seconds: 1_800_000_000), UnixTime(seconds: 2_147_483_649)),
    (UnixTime(seconds: 1_800_000_000), UnixTime(seconds: 3_900_000_000)),
  ])
  func theErasTurnDoesNoHarm(pivot: UnixTime, date: UnixTime) throws {
    var client = SNTPClient.asked(at: .seconds(1), pivot: pivot)
    client.receive(goodAnswer(date: date).bytes, now: .seconds(1))
    #expect(try client.sample().time == date)
  }

  @Test func aReplayFindsNoOpenQuestion() throws {
    var client = SNTPClient.asked(at: .seconds(1))
    client.receive(goodAnswer().bytes, now: .seconds(1))
    #expect(client.nextSample() != nil)
    client.receive(goodAnswer().bytes, now: .seconds(2))
    #expect(client.nextRejection() == .unsolicited)
    var zero = goodAnswer()
    zero.originate = .zero
    client.receive(zero.bytes, now: .seconds(2))
    #expect(client.nextRejection() == .originateZero)
  }

  @Test func aRepeatedAnswerDoesNotHideTheSample() {
    var client = SNTPClient.asked(at: .seconds(1))
    client.receive(goodAnswer().bytes, now: .seconds(1))
    client.receive(goodAnswer().bytes, now: .seconds(1))
    #expect(client.nextSample() != nil)
    #expect(client.nextEvent() == nil)
  }

  @Test func anAnswerBeforeTheQuestionWentOutIsUnsolicited() {
    var client = SNTPClient()
    client.start(nonce: testNonce, pivot: testDate, now: .seconds(1))
    client.receive(goodAnswer().bytes, now: .seconds(1))
    #expect(client.nextRejection() == .unsolicited)
    #expect(client.step() == .transmit)
  }

  @Test(arguments: [
    (KissOfDeath.deny), (.restrict), (.rate), (.other(0x4142_4344)),
  ])
  func aRefusalEndsTheExchange(_ kiss: KissOfDeath) {
    var client = SNTPClient.asked(at: .seconds(1))
    let request = SNTPPacket.request(transmit: NTPTimestamp(bits: testNonce))
    client.receive(SNTPPacket.kissOfDeath(kiss, to: request).bytes, now: .seconds(2))
    guard case .kissOfDeath(kiss) = client.nextEvent() else {
      Issue.record("no kiss-o'-death")
      return
    }
    #expect(client.step() == .stop)
  }

  @Test func aForgedRefusalDoesNot() {
    var client = SNTPClient.asked(at: .seconds(1))
    let request = SNTPPacket.request(transmit: NTPTimestamp(bits: testNonce ^ 1))
    client.receive(SNTPPacket.kissOfDeath(.deny, to: request).bytes, now: .seconds(2))
    #expect(client.nextRejection() == .originateMismatch)
    #expect(client.step() == .receive)
  }

  @Test func waitsForTheLinkAndThenForTheAnswer() {
    var client = SNTPClient()
    client.start(nonce: testNonce, pivot: testDate, now: .seconds(0))
    #expect(client.deadline == .seconds(30))
    client.expired(now: Instant(milliseconds: 29_999))
    #expect(client.step() == .transmit)
    client.expired(now: .seconds(30))
    #expect(client.nextIsTimeOut() == true)
    #expect(client.step() == .stop)

    var asked = SNTPClient.asked(at: .seconds(40))
    asked.expired(now: Instant(milliseconds: 49_999))
    #expect(asked.step() == .receive)
    asked.expired(now: .seconds(50))
    #expect(asked.nextIsTimeOut() == true)
    #expect(asked.step() == .stop)
    asked.expired(now: .never)
    #expect(asked.nextEvent() == nil)
  }

  @Test func aSecondQuestionForgetsTheFirst() {
    var client = SNTPClient.asked(at: .seconds(1))
    client.start(nonce: 99, pivot: testDate, now: .seconds(2))
    client.sent(48, now: .seconds(2))
    client.receive(goodAnswer().bytes, now: .seconds(2))
    #expect(client.nextRejection() == .originateMismatch)
  }

  @Test func extensionFieldsDoNoHarm() {
    var client = SNTPClient.asked(at: .seconds(1))
    client.receive(goodAnswer().bytes + [UInt8](repeating: 1, count: 100), now: .seconds(1))
    #expect(client.nextSample() != nil)
  }
}
