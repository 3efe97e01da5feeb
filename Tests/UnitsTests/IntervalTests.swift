import Testing
import Units

@Suite struct IntervalTests {
  @Test func secondsAndMillisecondsAgree() {
    #expect(Interval(seconds: 2) == Interval(milliseconds: 2_000))
    #expect(Interval(milliseconds: 2_999).seconds == 2)
  }

  @Test func sumsAndDifferencesStayInRange() {
    let longest = Interval(milliseconds: .max)
    #expect(longest + Interval(milliseconds: 1) == longest)
    #expect(Interval(milliseconds: 1) - Interval(milliseconds: 2) == .zero)
    #expect(Interval(seconds: 5) - Interval(seconds: 2) == Interval(seconds: 3))
    #expect(Interval(seconds: 5) + Interval(seconds: 2) == Interval(seconds: 7))
  }

  @Test func tooManySecondsTrap() async {
    await #expect(processExitsWith: .failure) { _ = Interval(seconds: .max) }
  }
}
