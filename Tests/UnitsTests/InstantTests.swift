import Testing
import Units

@Suite struct InstantTests {
  @Test func laterInstantsSaturateAtNever() {
    let late = Instant(milliseconds: .max - 1)
    #expect(late + Interval(milliseconds: 2) == .never)
    #expect(Instant.never + Interval(milliseconds: 1) == .never)
    #expect(Instant(milliseconds: 5) + Interval(seconds: 1) == Instant(milliseconds: 1_005))
  }

  @Test func timeSinceIsNeverNegative() {
    let early = Instant(milliseconds: 3)
    let late = Instant(milliseconds: 10)
    #expect(late.since(early) == Interval(milliseconds: 7))
    #expect(early.since(late) == .zero)
  }

  @Test func instantsAreOrdered() {
    #expect(Instant(milliseconds: 1) < .never)
    #expect(!(Instant.never < .never))
  }
}
