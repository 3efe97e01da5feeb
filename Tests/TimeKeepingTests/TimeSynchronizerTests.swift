import Testing
import TimeKeeping
import Units
import Wire

@Suite struct TimeSynchronizerTests {
  static func synchronizer(servers: Int = 3) -> TimeSynchronizer {
    TimeSynchronizer(
      serverCount: servers, clock: TrustedClock(floor: UnixTime(seconds: 1_790_000_000)))
  }

  @Test func aNewOneIsDueAtOnce() {
    var time = Self.synchronizer()
    #expect(time.isDue(.seconds(0)) == true)
    #expect(time.deadline(.seconds(0)) == Instant(milliseconds: 0))
    #expect(time.begin(nonce: 5, jitter: 0, now: .seconds(0)) == 0)
    #expect(time.isBusy == true)
    #expect(time.isDue(.seconds(0)) == false)
    #expect(time.step() == .transmit)
    #expect(time.deadline(.seconds(0)) == .seconds(30))
  }

  @Test func aGoodAnswerSetsTheClock() throws {
    var time = Self.synchronizer()
    time.exchange(at: .seconds(10), .answer(testDate))
    #expect(time.next() == .synchronized(0))
    #expect(time.isBusy == false)
    #expect(try time.clock.date(at: .seconds(10)).time == testDate)
    // 10 000 s bring one second of drift; the jitter of zero takes nothing off.
    #expect(time.deadline(.seconds(10)) == .seconds(10_010))
    #expect(time.isDue(.seconds(10_009)) == false)
    #expect(time.isDue(.seconds(10_010)) == true)
    #expect(time.begin(nonce: 5, jitter: 0, now: .seconds(10_010)) == 0)
  }

  @Test func driftStaysBelowASecondBetweenExchanges() throws {
    var time = Self.synchronizer()
    time.exchange(at: .seconds(0), .answer(testDate))
    let due = time.deadline(.seconds(0))
    let start = try time.clock.date(at: .seconds(0)).uncertainty
    let end = try time.clock.date(at: due).uncertainty
    #expect(end - start <= Interval(seconds: 1))
  }

  @Test func exchangesOfAFleetDriftApart() {
    for jitter: UInt64 in [1_250_000, 625_000] {
      var time = Self.synchronizer()
      time.exchange(at: .seconds(0), jitter: jitter, .answer(testDate))
      #expect(time.deadline(.seconds(0)) == Instant(milliseconds: 10_000_000 - jitter))
    }
  }

  @Test func silenceLeadsToTheNextServerAfterAGrowingPause() {
    var time = Self.synchronizer()
    var now = Instant.seconds(0)
    // Half of 16, 32, 64 … 1024 seconds, since the jitter is zero.
    let pauses: [UInt64] = [8, 16, 32, 64, 128, 256, 512, 512, 512]
    for (round, pause) in pauses.enumerated() {
      let server = time.exchange(at: now, .silence)
      #expect(server == round % 3)
      #expect(time.next() == .timedOut(server))
      now = now + Interval(seconds: 10)
      #expect(time.deadline(now) == now + Interval(seconds: pause))
      now = now + Interval(seconds: pause)
      #expect(time.isDue(now) == true)
    }
    time.exchange(at: now, .answer(testDate))
    #expect(time.next() == .synchronized(0))
    // The pause begins anew.
    time.clock.distrust()
    now = time.deadline(now)
    let end = now + Interval(seconds: 10)
    time.exchange(at: now, .silence)
    #expect(time.deadline(end) == end + Interval(seconds: 8))
  }

  @Test func jitterLengthensThePause() {
    var time = Self.synchronizer()
    time.exchange(at: .seconds(0), jitter: 8_000, .silence)
    #expect(time.deadline(.seconds(10)) == .seconds(26))
    var other = Self.synchronizer()
    other.exchange(at: .seconds(0), jitter: 8_001, .silence)
    #expect(other.deadline(.seconds(10)) == .seconds(18))
  }

  @Test(arguments: [KissOfDeath.deny, .restrict])
  func aServerThatRefusesIsNotAskedAgain(_ kiss: KissOfDeath) {
    var time = Self.synchronizer()
    var now = Instant.seconds(0)
    #expect(time.exchange(at: now, .silence) == 0)
    now = time.deadline(.seconds(10))
    #expect(time.exchange(at: now, .kiss(kiss)) == 1)
    #expect(time.next() == .kissOfDeath(1, kiss))
    for expected in [2, 0, 2, 0] {
      now = time.deadline(now)
      #expect(time.exchange(at: now, .silence) == expected)
      now = now + Interval(seconds: 10)
    }
    time.reset()
    #expect(time.isDue(now) == true)
    #expect(time.exchange(at: now, .silence) == 1)
  }

  @Test func withoutAServerNothingIsDue() {
    var time = Self.synchronizer(servers: 2)
    time.exchange(at: .seconds(0), .kiss(.deny))
    #expect(time.hasServer == true)
    time.exchange(at: time.deadline(.seconds(0)), .kiss(.restrict))
    #expect(time.hasServer == false)
    #expect(time.isDue(.seconds(1_000_000)) == false)
    #expect(time.deadline(.seconds(0)) == .never)
    time.reset()
    #expect(time.hasServer == true)
    #expect(time.isDue(.seconds(0)) == true)
  }

  @Test func beginWithoutAServerTraps() async {
    await #expect(processExitsWith: .failure) {
      var time = TimeSynchronizerTests.synchronizer(servers: 1)
      time.exchange(at: .seconds(0), .kiss(.deny))
      _ = time.begin(nonce: 1, jitter: 0, now: .seconds(100))
    }
  }

  @Test func tooOftenLengthensBothPauses() {
    var time = Self.synchronizer(servers: 1)
    time.exchange(at: .seconds(0), .kiss(.rate))
    #expect(time.next() == .kissOfDeath(0, .rate))
    #expect(time.deadline(.seconds(0)) == .seconds(64))
    time.exchange(at: .seconds(64), .answer(testDate))
    #expect(time.deadline(.seconds(64)) == .seconds(20_064))
  }

  @Test func anAddressThatIsNotFoundCountsAsSilence() {
    var time = Self.synchronizer()
    _ = time.begin(nonce: testNonce, jitter: 0, now: .seconds(0))
    time.abandon(now: .seconds(3))
    #expect(time.next() == .timedOut(0))
    #expect(time.isBusy == false)
    #expect(time.deadline(.seconds(3)) == .seconds(11))
    time.abandon(now: .seconds(4))
    #expect(time.next() == nil)
    #expect(time.deadline(.seconds(4)) == .seconds(11))
  }

  @Test func aSampleThatIsRefusedLeadsToAnotherServer() throws {
    var time = Self.synchronizer()
    time.exchange(at: .seconds(0), .answer(UnixTime(seconds: 1_700_000_000)))
    #expect(time.next() == .sampleRefused(0, .beforeFloor))
    #expect(time.exchange(at: time.deadline(.seconds(0)), .answer(testDate)) == 1)
    #expect(time.next() == .synchronized(1))
  }

  @Test func aFarStepIsConfirmedByTheNextServer() throws {
    var time = Self.synchronizer()
    time.exchange(at: .seconds(0), .answer(testDate))
    let due = time.deadline(.seconds(0))
    let far = testDate + Interval(seconds: 50_000)
    time.exchange(at: due, .answer(far))
    #expect(time.next() == .sampleRefused(0, .needsConfirmation))
    let soon = time.deadline(due)
    #expect(soon == due + Interval(seconds: 8))
    #expect(time.exchange(at: soon, .answer(far + Interval(seconds: 8))) == 1)
    #expect(time.next() == .synchronized(1))
    #expect(try time.clock.date(at: soon).time == far + Interval(seconds: 8))
  }

  @Test func distrustMakesAQuestionDueButNotAtOnceAfterTheLast() {
    var time = Self.synchronizer()
    time.exchange(at: .seconds(100), .answer(testDate))
    time.clock.distrust()
    #expect(time.isDue(.seconds(115)) == false)
    #expect(time.deadline(.seconds(100)) == .seconds(116))
    #expect(time.isDue(.seconds(116)) == true)
  }

  @Test func aForgedAnswerIsReportedAndTheExchangeGoesOn() {
    var time = Self.synchronizer()
    _ = time.begin(nonce: testNonce, jitter: 0, now: .seconds(0))
    time.sent(48, now: .seconds(0))
    var forged = goodAnswer()
    forged.originate = NTPTimestamp(bits: 1)
    time.receive(forged.bytes, now: .seconds(0))
    #expect(time.next() == .answerRejected(0, .originateMismatch))
    #expect(time.isBusy == true)
    time.receive(goodAnswer().bytes, now: .seconds(0))
    time.receive(goodAnswer().bytes, now: .seconds(0))
    #expect(time.next() == .synchronized(0))
    #expect(time.next() == nil)
  }

  @Test func aNumberOfServersOutOfRangeTraps() async {
    await #expect(processExitsWith: .failure) { _ = TimeSynchronizerTests.synchronizer(servers: 0) }
    await #expect(processExitsWith: .failure) { _ = TimeSynchronizerTests.synchronizer(servers: 4) }
  }
}
