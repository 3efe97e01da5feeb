import Testing
import Units

@Suite struct UnixTimeTests {
  @Test(arguments: [
    (0, 0), (999, 0), (1_000, 1), (-1, -1), (-999, -1), (-1_000, -1), (-1_001, -2),
    (2_147_483_648_000, 2_147_483_648), (Int64.max, Int64.max / 1_000),
    (Int64.min, Int64.min / 1_000 - 1),
  ])
  func secondsAreRoundedTowardsThePast(milliseconds: Int64, seconds: Int64) {
    #expect(UnixTime(milliseconds: milliseconds).seconds == seconds)
  }

  @Test func sumsAndDifferencesStayInRange() {
    let first = UnixTime(milliseconds: .min)
    let last = UnixTime(milliseconds: .max)
    let long = Interval(milliseconds: .max)
    #expect(last + Interval(milliseconds: 1) == last)
    #expect(first - Interval(milliseconds: 1) == first)
    #expect(UnixTime(seconds: 0) + long == last)
    #expect(first + long == UnixTime(milliseconds: -1))
    #expect(UnixTime(seconds: 5) + Interval(seconds: 3) == UnixTime(seconds: 8))
    #expect(UnixTime(seconds: 5) - Interval(seconds: 8) == UnixTime(seconds: -3))
  }

  @Test func distanceHasNoSign() {
    let early = UnixTime(seconds: -7)
    let late = UnixTime(seconds: 5)
    #expect(early.distance(to: late) == Interval(seconds: 12))
    #expect(late.distance(to: early) == Interval(seconds: 12))
    let widest = UnixTime(milliseconds: .min).distance(to: UnixTime(milliseconds: .max))
    #expect(widest == Interval(milliseconds: .max))
  }

  @Test func datesAreOrdered() {
    #expect(UnixTime(seconds: -1) < UnixTime(seconds: 0))
    #expect(!(UnixTime(seconds: 0) < UnixTime(seconds: 0)))
  }
}
