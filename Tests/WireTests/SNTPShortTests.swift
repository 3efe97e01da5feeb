import Testing
import Units
import Wire

@Suite struct SNTPShortTests {
  @Test(
    arguments: [
      (0, 0), (1, 1), (65, 1), (66, 2), (0x8000, 500), (0x1_0000, 1_000), (0x1_0001, 1_001),
      (.max, 65_536_000),
    ] as [(UInt32, UInt64)])
  func lengthsAreRoundedUp(bits: UInt32, milliseconds: UInt64) {
    #expect(NTPShort(bits: bits).interval == Interval(milliseconds: milliseconds))
  }

  @Test func everyLengthComesBackNotShorter() {
    for milliseconds: UInt64 in [0, 1, 2, 3, 499, 500, 999, 1_000, 65_535_999] {
      let interval = Interval(milliseconds: milliseconds)
      let back = NTPShort(interval).interval
      #expect(back >= interval && back <= interval + Interval(milliseconds: 1))
    }
  }

  @Test func whatIsTooLongIsTheLongest() {
    #expect(NTPShort(Interval(milliseconds: 65_536_000)).bits == .max)
    #expect(NTPShort(Interval(milliseconds: .max)).bits == .max)
  }
}
