import Testing
import TimeKeeping
import Units

@Suite struct TrustedClockTests {
  static let floor = UnixTime(seconds: 1_790_000_000)

  /// A sample that says what the tests take for the truth, plus `ahead` seconds.
  static func sample(
    at second: UInt64, ahead: Int64 = 0, uncertainty: UInt64 = 100
  ) -> TimeSample {
    TimeSample(
      time: UnixTime(seconds: testDate.seconds + Int64(second) + ahead), at: .seconds(second),
      uncertainty: Interval(milliseconds: uncertainty), stratum: 2)
  }

  static func running(at second: UInt64 = 0) throws -> TrustedClock {
    var clock = TrustedClock(floor: floor)
    try clock.accept(sample(at: second), now: .seconds(second))
    return clock
  }

  @Test func aNewClockIsNotTrusted() {
    let clock = TrustedClock(floor: Self.floor)
    #expect(clock.time(at: .seconds(1)) == nil)
    #expect(clock.instant(of: testDate, now: .seconds(1)) == nil)
    #expect(clock.trustDeadline == .never)
    #expect(clock.certainlyPassed(at: .seconds(1)) == Self.floor)
  }

  @Test func timePassesAndBecomesLessCertain() throws {
    let clock = try Self.running()
    let start = try clock.date(at: .seconds(0))
    #expect(start.time == testDate)
    #expect(start.uncertainty == Interval(milliseconds: 100))
    let later = try clock.date(at: .seconds(10_000))
    #expect(later.time == testDate + Interval(seconds: 10_000))
    // 100 ppm of 10 000 s are one second.
    #expect(later.uncertainty == Interval(milliseconds: 1_100))
    let soon = try clock.date(at: Instant(milliseconds: 1))
    #expect(soon.uncertainty == Interval(milliseconds: 101))
  }

  @Test func trustEndsAtItsDeadline() throws {
    let clock = try Self.running()
    // (120 s - 0.1 s) / 100 ppm, and one millisecond to be past it.
    let end: UInt64 = 1_199_000_000
    #expect(clock.trustDeadline == Instant(milliseconds: end + 1))
    #expect(clock.time(at: Instant(milliseconds: end)) != nil)
    #expect(clock.time(at: clock.trustDeadline) == nil)
    #expect(clock.time(at: .never) == nil)
  }

  @Test func aClockThatLostTrustTakesASampleAsAtFirst() throws {
    var clock = try Self.running()
    let late: UInt64 = 2_000_000
    #expect(clock.time(at: .seconds(late)) == nil)
    try clock.accept(Self.sample(at: late, ahead: 500), now: .seconds(late))
    #expect(try clock.date(at: .seconds(late)).time.seconds == testDate.seconds + 2_000_500)
  }

  @Test func aDateBeforeTheFloorIsRefused() throws {
    var clock = TrustedClock(floor: Self.floor)
    let old = TimeSample(
      time: Self.floor - Interval(milliseconds: 101), at: .seconds(0),
      uncertainty: Interval(milliseconds: 100), stratum: 1)
    #expect(throws: SampleRejection.beforeFloor) { try clock.accept(old, now: .seconds(0)) }
    #expect(clock.time(at: .seconds(0)) == nil)
    let near = TimeSample(
      time: Self.floor - Interval(milliseconds: 100), at: .seconds(0),
      uncertainty: Interval(milliseconds: 100), stratum: 1)
    try clock.accept(near, now: .seconds(0))
    #expect(try clock.date(at: .seconds(0)).time == Self.floor)
  }

  @Test func anUncertainSampleIsRefused() throws {
    var clock = TrustedClock(floor: Self.floor)
    #expect(throws: SampleRejection.tooUncertain) {
      try clock.accept(Self.sample(at: 0, uncertainty: 12_001), now: .seconds(0))
    }
    // A sample that has waited is less certain by the drift meanwhile.
    #expect(throws: SampleRejection.tooUncertain) {
      try clock.accept(Self.sample(at: 0, uncertainty: 12_000), now: .seconds(1))
    }
    try clock.accept(Self.sample(at: 0, uncertainty: 12_000), now: .seconds(0))
  }

  @Test func aSampleFromThePastIsBroughtForward() throws {
    var clock = TrustedClock(floor: Self.floor)
    try clock.accept(Self.sample(at: 10), now: .seconds(30))
    let time = try clock.date(at: .seconds(30))
    #expect(time.time == testDate + Interval(seconds: 30))
    #expect(time.uncertainty == Interval(milliseconds: 102))
  }

  @Test(arguments: [-14, -5, 5, 14] as [Int64])
  func aSmallStepIsTaken(_ ahead: Int64) throws {
    var clock = try Self.running()
    try clock.accept(Self.sample(at: 5, ahead: ahead), now: .seconds(5))
    let expected = UnixTime(seconds: testDate.seconds + 5 + ahead)
    #expect(try clock.date(at: .seconds(5)).time == expected)
  }

  @Test(arguments: [-3_600, -16, 16, 86_400] as [Int64])
  func aLargeStepNeedsASecondSampleThatAgrees(_ ahead: Int64) throws {
    var clock = try Self.running()
    #expect(throws: SampleRejection.needsConfirmation) {
      try clock.accept(Self.sample(at: 5, ahead: ahead), now: .seconds(5))
    }
    #expect(try clock.date(at: .seconds(5)).time == testDate + Interval(seconds: 5))
    try clock.accept(Self.sample(at: 9, ahead: ahead), now: .seconds(9))
    let expected = UnixTime(seconds: testDate.seconds + 9 + ahead)
    #expect(try clock.date(at: .seconds(9)).time == expected)
  }

  @Test func aSampleDoesNotConfirmItself() throws {
    var clock = try Self.running()
    let sample = Self.sample(at: 5, ahead: 1_000)
    for second: UInt64 in [5, 6, 7] {
      #expect(throws: SampleRejection.needsConfirmation) {
        try clock.accept(sample, now: .seconds(second))
      }
    }
  }

  @Test func samplesThatDisagreeDoNotConfirmEachOther() throws {
    var clock = try Self.running()
    for (second, ahead) in [(1, 1_000), (2, -1_000), (3, 2_000)] as [(UInt64, Int64)] {
      #expect(throws: SampleRejection.needsConfirmation) {
        try clock.accept(Self.sample(at: second, ahead: ahead), now: .seconds(second))
      }
    }
    #expect(try clock.date(at: .seconds(3)).time == testDate + Interval(seconds: 3))
  }

  @Test(arguments: [50, 5_000] as [UInt64])
  func aSampleThatFitsTheRunningClockClearsTheSuspicion(_ uncertainty: UInt64) throws {
    var clock = try Self.running()
    #expect(throws: SampleRejection.needsConfirmation) {
      try clock.accept(Self.sample(at: 1, ahead: 1_000), now: .seconds(1))
    }
    try clock.accept(Self.sample(at: 2, uncertainty: uncertainty), now: .seconds(2))
    #expect(throws: SampleRejection.needsConfirmation) {
      try clock.accept(Self.sample(at: 3, ahead: 1_000), now: .seconds(3))
    }
  }

  @Test func theMoreCertainOfTwoThatAgreeIsKept() throws {
    var clock = try Self.running()
    let vague = TimeSample(
      time: testDate + Interval(milliseconds: 2_000), at: .seconds(0),
      uncertainty: Interval(milliseconds: 5_000), stratum: 2)
    try clock.accept(vague, now: .seconds(0))
    #expect(try clock.date(at: .seconds(0)).uncertainty == Interval(milliseconds: 100))
    let sharp = TimeSample(
      time: testDate + Interval(milliseconds: 50), at: .seconds(0),
      uncertainty: Interval(milliseconds: 60), stratum: 2)
    try clock.accept(sharp, now: .seconds(0))
    let time = try clock.date(at: .seconds(0))
    #expect(time.time == testDate + Interval(milliseconds: 50))
    #expect(time.uncertainty == Interval(milliseconds: 60))
  }

  @Test func distrustForgetsTheDate() throws {
    var clock = try Self.running()
    clock.distrust()
    #expect(clock.time(at: .seconds(1)) == nil)
    try clock.accept(Self.sample(at: 2, ahead: 5_000), now: .seconds(2))
    #expect(clock.time(at: .seconds(2)) != nil)
  }

  @Test func instantsOfDatesFollowTheClock() throws {
    var clock = try Self.running()
    let date = testDate + Interval(seconds: 100)
    #expect(clock.instant(of: date, now: .seconds(10)) == .seconds(100))
    #expect(clock.instant(of: testDate, now: .seconds(10)) == .seconds(10))
    try clock.accept(Self.sample(at: 20, ahead: 10), now: .seconds(20))
    #expect(clock.instant(of: date, now: .seconds(20)) == .seconds(90))
  }

  @Test func whatHasCertainlyPassedIsFitToBeTheNextFloor() throws {
    let clock = try Self.running()
    let passed = clock.certainlyPassed(at: .seconds(10))
    #expect(passed == testDate + Interval(milliseconds: 10_000 - 101))
    var next = TrustedClock(floor: passed)
    try next.accept(Self.sample(at: 10), now: .seconds(10))
  }

  @Test func theYears2036And2038AreOrdinary() throws {
    var clock = TrustedClock(floor: UnixTime(seconds: 2_085_978_490))
    let sample = TimeSample(
      time: UnixTime(seconds: 2_085_978_495), at: .seconds(0),
      uncertainty: Interval(milliseconds: 10), stratum: 1)
    try clock.accept(sample, now: .seconds(0))
    #expect(try clock.date(at: .seconds(2)).time.seconds == 2_085_978_497)
    clock = TrustedClock(floor: UnixTime(seconds: 2_147_483_640))
    let later = TimeSample(
      time: UnixTime(seconds: 2_147_483_647), at: .seconds(0),
      uncertainty: Interval(milliseconds: 10), stratum: 1)
    try clock.accept(later, now: .seconds(0))
    #expect(try clock.date(at: .seconds(1)).time.seconds == 2_147_483_648)
  }
}
