import Bytes
import Cryptography
import Testing
import Units

@testable import Identity
@testable import TimeKeeping

@Suite struct TokenLifeCycleTests {
  static let start = UnixTime(seconds: 1_800_000_000)
  static let policy = TokenPolicy(
    lifetime: Interval(seconds: 3_600), margin: Interval(seconds: 60),
    jitterMaximum: Interval(seconds: 300), signAhead: Interval(seconds: 30))

  /// A life cycle with a clock, a key and what the cloud does, second by second.
  struct Script: ~Copyable {
    var tokens: TokenLifeCycle
    var clock = TrustedClock(floor: UnixTime(seconds: 1_790_000_000))
    var signer = FakeSigner()

    /// The clock is certain to the millisecond at second zero, when the date is `start`.
    init(_ policy: TokenPolicy = TokenLifeCycleTests.policy, uncertainty: UInt64 = 0) throws {
      tokens = TokenLifeCycle(policy: policy)
      try set(ahead: 0, at: 0, uncertainty: uncertainty)
    }

    /// Sets the clock to what `start` plus the seconds since then plus `ahead` make.
    mutating func set(ahead: Int64, at second: UInt64, uncertainty: UInt64 = 0) throws {
      clock.distrust()
      try clock.accept(
        TimeSample(
          time: UnixTime(seconds: start.seconds + Int64(second) + ahead), at: Self.at(second),
          uncertainty: Interval(milliseconds: uncertainty), stratum: 1), now: Self.at(second))
    }

    static func at(_ second: UInt64) -> Instant { Instant(milliseconds: second * 1_000) }

    func time(_ second: UInt64) throws -> TrustedTime {
      let time = clock.time(at: Self.at(second))
      return try #require(time)
    }

    func isReady(_ second: UInt64) throws -> Bool { tokens.isReady(at: try time(second)) }

    mutating func sign(_ second: UInt64, random: UInt64 = 0) throws {
      let audience = "project".bytes
      try tokens.sign(
        audience: audience.span, signer: &signer, time: try time(second), random: random)
    }

    /// The token for a CONNECT as text, or nil.
    mutating func offer(_ second: UInt64) throws -> String? {
      let time = try time(second)
      guard let token = tokens.offer(at: time) else { return nil }
      return text(token)
    }

    mutating func connect(_ second: UInt64) throws {
      let token = try offer(second)
      _ = try #require(token)
      tokens.accepted()
    }

    func refresh(_ second: UInt64) -> Instant {
      tokens.refreshDeadline(by: clock, now: Self.at(second))
    }

    func signAhead(_ second: UInt64) -> Instant {
      tokens.signDeadline(by: clock, now: Self.at(second))
    }
  }

  @Test func thereIsNothingToOfferAtFirst() throws {
    var script = try Script()
    #expect(try script.isReady(0) == false)
    #expect(try script.offer(0) == nil)
    #expect(script.refresh(0) == .never)
    #expect(script.signAhead(0) == .never)
  }

  @Test func aTokenIsOfferedUntilItEndsAndReadyUntilItsRenewal() throws {
    var script = try Script()
    try script.sign(0, random: 100_000)
    #expect(try script.isReady(0) == true)
    let token = try script.offer(0)
    #expect(token?.hasPrefix("eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.") == true)
    script.tokens.accepted()
    script.tokens.disconnected()
    // 3600 - 60 - 100 s, and the clock's uncertainty of 0.35 s by then.
    #expect(try script.isReady(3_439) == true)
    #expect(try script.isReady(3_440) == false)
    #expect(try script.offer(3_599) == token)
    #expect(try script.offer(3_600) == nil)
  }

  @Test func aTokenThatMayHaveEndedIsNotOffered() throws {
    var script = try Script(uncertainty: 2_000)
    try script.sign(0)
    // It ends at 3598, and by then the clock may be wrong by 2.36 s.
    #expect(try script.offer(3_595) != nil)
    #expect(try script.offer(3_596) == nil)
  }

  @Test func anUncertainClockDoesNotUseUpAShortLife() throws {
    let policy = TokenPolicy(
      lifetime: Interval(seconds: 40), margin: Interval(seconds: 2), jitterMaximum: .zero,
      signAhead: .zero)
    var script = try Script(policy, uncertainty: 12_000)
    try script.sign(0)
    #expect(try script.isReady(0) == true)
    try script.connect(0)
    // It ends at 28 and is renewed a quarter of its life before.
    #expect(script.refresh(0) == Script.at(18))
  }

  @Test func theRenewalComesBeforeTheEndByMarginUncertaintyAndJitter() throws {
    for jitter: UInt64 in [0, 1, 150_000, 300_000] {
      var script = try Script(uncertainty: 5_000)
      try script.sign(0, random: jitter)
      #expect(script.refresh(0) == .never)
      try script.connect(0)
      // The token began 5 s early; so it ends 5 s early, and the margin has 5 s more.
      let expected = 3_595_000 - 60_000 - 5_000 - jitter
      #expect(script.refresh(0) == Instant(milliseconds: expected))
      #expect(script.signAhead(0) == Instant(milliseconds: expected - 30_000))
    }
  }

  @Test func jitterIsDrawnAnewAndEvenly() throws {
    var script = try Script()
    var early = 0
    for round in 0..<1_000 {
      // Multiples of the golden ratio stand for random numbers here.
      try script.sign(0, random: UInt64(round) &* 0x9E37_79B9_7F4A_7C15)
      try script.connect(0)
      let jitter = 3_540_000 - script.refresh(0).milliseconds
      #expect(jitter <= 300_000)
      if jitter < 150_000 { early += 1 }
      script.tokens.disconnected()
    }
    #expect((400...600).contains(early))
  }

  @Test func uncertaintyThatGrowsBringsTheRenewalForward() throws {
    var script = try Script()
    try script.sign(0)
    try script.connect(0)
    let early = script.refresh(0)
    let late = script.refresh(3_000)
    #expect(late == Instant(milliseconds: early.milliseconds - 300))
  }

  @Test func theTokenSignedAheadTakesTheOldOnesPlace() throws {
    var script = try Script()
    try script.sign(0)
    try script.connect(0)
    let renewal = script.refresh(3_510)
    try script.sign(3_510)
    // The connection still hangs on the old token; nothing more is to be signed.
    #expect(script.refresh(3_510) == renewal)
    #expect(script.signAhead(3_510) == .never)
    #expect(script.signer.signatureCount == 2)
    script.tokens.disconnected()
    #expect(script.refresh(3_540) == .never)
    #expect(try script.isReady(3_540) == true)
    try script.connect(3_540)
    #expect(script.refresh(3_540) > Script.at(6_900))
    #expect(script.signer.signatureCount == 2)
  }

  @Test func aRefusedTokenIsGone() throws {
    var script = try Script()
    try script.sign(0)
    #expect(try script.offer(0) != nil)
    #expect(script.tokens.refused() == .checkTimeThenSignAgain)
    #expect(try script.isReady(0) == false)
    #expect(try script.offer(0) == nil)
    script.tokens.disconnected()
    #expect(try script.offer(0) == nil)
  }

  @Test func theSecondRefusalInARowBacksOffUntilOneIsAccepted() throws {
    var script = try Script()
    let verdicts: [TokenVerdict] = [.checkTimeThenSignAgain, .backOff, .backOff, .backOff]
    for round in 0..<3 {
      for verdict in verdicts {
        try script.sign(0)
        _ = try script.offer(0)
        #expect(script.tokens.refused() == verdict, "round \(round)")
        script.tokens.disconnected()
      }
      try script.sign(0)
      try script.connect(0)
      script.tokens.disconnected()
    }
  }

  /// Found by a fleet in virtual time: a clock that was two seconds ahead is set right after the
  /// refusal, and two seconds later the same whole second begins once more.
  @Test func aRefusedTokenIsNotMadeAnewWhereTheClockWasSetBack() throws {
    var script = try Script()
    try script.set(ahead: 2, at: 100)
    var seen: Set<String> = []
    for second in [100, 102, 102, 103, 104, 105] as [UInt64] {
      try script.sign(second)
      let token = try #require(try script.offer(second))
      #expect(seen.insert(token).inserted, "at \(second)")
      _ = script.tokens.refused()
      script.tokens.disconnected()
      try script.set(ahead: 0, at: second)
    }
    // Once one was accepted tokens begin when they are signed.
    try script.sign(200)
    try script.connect(200)
    script.tokens.disconnected()
    try script.sign(200)
    #expect(try script.offer(200) != nil)
  }

  @Test func aRefusalDuringTheConnectionSparesTheTokenSignedAhead() throws {
    var script = try Script()
    try script.sign(0)
    try script.connect(0)
    try script.sign(3_510)
    #expect(script.tokens.refused() == .checkTimeThenSignAgain)
    script.tokens.disconnected()
    #expect(try script.isReady(3_511) == true)

    var other = try Script()
    try other.sign(0)
    try other.connect(0)
    #expect(other.tokens.refused() == .checkTimeThenSignAgain)
    #expect(try other.isReady(1) == false)
  }

  @Test func aRefusalAfterTheConnectionWentIsTakenForTheTokensOwn() throws {
    var script = try Script()
    try script.sign(0)
    _ = try script.offer(0)
    script.tokens.disconnected()
    #expect(script.tokens.refused() == .checkTimeThenSignAgain)
    #expect(try script.offer(0) == nil)
  }

  @Test func anUnansweredOfferMayBeRepeated() throws {
    var script = try Script()
    try script.sign(0)
    let first = try script.offer(0)
    script.tokens.disconnected()
    #expect(try script.isReady(1) == true)
    #expect(try script.offer(1) == first)
    #expect(script.signer.signatureCount == 1)
  }

  @Test(arguments: [4, 5, 8, 20] as [UInt64])
  func shortLivesAreUsedForAtLeastHalf(_ lifetime: UInt64) throws {
    let policy = TokenPolicy(
      lifetime: Interval(seconds: lifetime), margin: Interval(seconds: 120),
      jitterMaximum: Interval(seconds: 3_600), signAhead: Interval(seconds: 60))
    for random in [0, 777, UInt64.max / 2, .max] {
      var script = try Script(policy)
      try script.sign(0, random: random)
      #expect(try script.isReady(0) == true)
      try script.connect(0)
      let renewal = script.refresh(0).milliseconds
      #expect(renewal >= lifetime * 500 && renewal <= lifetime * 750)
      #expect(script.signAhead(0).milliseconds >= lifetime * 250)
      #expect(script.signAhead(0).milliseconds <= renewal)
    }
  }

  @Test func tokensOfEightSecondsCarryADeviceThroughAMinute() throws {
    let policy = TokenPolicy(
      lifetime: Interval(seconds: 8), margin: Interval(seconds: 60),
      jitterMaximum: Interval(seconds: 60), signAhead: Interval(seconds: 60))
    var script = try Script(policy, uncertainty: 200)
    var connections = 0
    for second: UInt64 in 0..<60 {
      if try script.isReady(second) == false { try script.sign(second, random: second * 997) }
      if script.refresh(second) == .never || script.refresh(second) <= Script.at(second) {
        script.tokens.disconnected()
        if try script.isReady(second) == false { try script.sign(second, random: second * 997) }
        try script.connect(second)
        connections += 1
      }
    }
    #expect((7...20).contains(connections))
  }

  @Test(arguments: [-2_000, 2_000] as [Int64])
  func deadlinesFollowAClockThatSteps(_ ahead: Int64) throws {
    var script = try Script()
    try script.sign(0)
    try script.connect(0)
    try script.set(ahead: ahead, at: 10)
    #expect(script.refresh(10) == Instant(milliseconds: UInt64(3_540_000 - ahead * 1_000)))
    try script.set(ahead: 5_000, at: 20)
    #expect(script.refresh(20) == Script.at(20))
    script.clock.distrust()
    #expect(script.refresh(30) == .never)
  }

  @Test func aTokenFromTheFutureIsNotOffered() throws {
    var script = try Script()
    try script.sign(100)
    try script.set(ahead: -200, at: 100)
    #expect(try script.isReady(100) == false)
    #expect(try script.offer(100) == nil)
    try script.sign(100)
    #expect(try script.isReady(100) == true)
  }

  @Test func aTokenThatEndedWhileTheClockWasSetIsNotOffered() throws {
    var script = try Script()
    try script.sign(0)
    try script.set(ahead: 3_600, at: 1)
    #expect(try script.isReady(1) == false)
    #expect(try script.offer(1) == nil)
  }

  @Test func aKeyThatFailsLeavesNoToken() throws {
    var script = try Script()
    try script.sign(0)
    script.signer.failure = .internalFailure
    #expect(throws: TokenFailure.signing(.internalFailure)) { try script.sign(1) }
    #expect(try script.isReady(1) == false)
    #expect(try script.offer(1) == nil)
  }

  @Test func forgettingLeavesNoToken() throws {
    var script = try Script()
    try script.sign(0)
    script.tokens.forget()
    #expect(try script.offer(0) == nil)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      var script = try Script()
      try script.sign(0)
      script.tokens.accepted()
    }
    await #expect(processExitsWith: .failure) {
      var script = try Script()
      try script.sign(0)
      _ = try script.offer(0)
      try script.sign(0)
    }
    await #expect(processExitsWith: .failure) {
      _ = TokenPolicy(
        lifetime: Interval(seconds: 3), margin: .zero, jitterMaximum: .zero, signAhead: .zero)
    }
  }
}
