import Testing
import Units
import Wire

@Suite struct SNTPTimestampTests {
  /// Half of an era, in seconds.
  static let halfEra: Int64 = 1 << 31

  /// RFC 5905 figure 4, with the dates as seconds since 1970.
  @Test(
    arguments: [
      (-2_208_988_800, 0),  // 1 January 1900, where era 0 begins
      (0, 2_208_988_800),  // 1 January 1970
      (63_072_000, 2_272_060_800),  // 1 January 1972
      (946_598_400, 3_155_587_200),  // 31 December 1999
      (2_085_955_200, 4_294_944_000),  // 7 February 2036, the last day of era 0
      (2_086_041_600, 63_104),  // 8 February 2036, the first whole day of era 1
    ] as [(Int64, UInt64)])
  func publishedDates(unixSeconds: Int64, ntpSeconds: UInt64) {
    let time = UnixTime(seconds: unixSeconds)
    #expect(NTPTimestamp(time).bits == ntpSeconds << 32)
    #expect(NTPTimestamp(time).unixTime(nearest: time) == time)
  }

  @Test(arguments: [0, 1, 2, 499, 500, 501, 998, 999])
  func everyMillisecondComesBack(_ milliseconds: Int64) {
    for second: Int64 in [-1, 0, 1, 1_700_000_000, 2_085_978_495, 2_085_978_496, 2_147_483_648] {
      let time = UnixTime(milliseconds: second * 1_000 + milliseconds)
      let pivot = UnixTime(seconds: second + 12_345_678)
      #expect(NTPTimestamp(time).unixTime(nearest: pivot) == time)
    }
  }

  @Test func fractionsAreRoundedToTheNearestMillisecond() {
    let pivot = UnixTime(seconds: 0)
    let second: UInt64 = 2_208_988_800 << 32
    let halfMillisecond: UInt64 = 2_147_484
    #expect(NTPTimestamp(bits: second + halfMillisecond - 1).unixTime(nearest: pivot) == pivot)
    #expect(
      NTPTimestamp(bits: second + halfMillisecond).unixTime(nearest: pivot)
        == UnixTime(milliseconds: 1))
    #expect(
      NTPTimestamp(bits: second + 0xFFFF_FFFF).unixTime(nearest: pivot) == UnixTime(seconds: 1))
  }

  @Test(arguments: [0, 1_700_000_000, 2_085_978_496, 4_000_000_000, 6_380_945_792] as [Int64])
  func theEraNearestToThePivotIsChosen(_ pivot: Int64) {
    for offset in [-Self.halfEra, -Self.halfEra + 1, -1, 0, 1, Self.halfEra - 1] {
      let time = UnixTime(seconds: pivot + offset)
      #expect(NTPTimestamp(time).unixTime(nearest: UnixTime(seconds: pivot)) == time)
    }
    // Half an era ahead is as near as half an era behind, and the past is chosen.
    let ahead = UnixTime(seconds: pivot + Self.halfEra)
    let behind = UnixTime(seconds: pivot - Self.halfEra)
    #expect(NTPTimestamp(ahead).unixTime(nearest: UnixTime(seconds: pivot)) == behind)
  }

  @Test func differencesCrossTheEra() {
    let before = NTPTimestamp(UnixTime(milliseconds: 2_085_978_495_900))
    let after = NTPTimestamp(UnixTime(milliseconds: 2_085_978_496_200))
    #expect(after.milliseconds(since: before) == 300)
    #expect(before.milliseconds(since: after) == -300)
  }

  @Test func extremesNeitherTrapNorLeaveTheRange() {
    for pivot in [Int64.min, Int64.max] {
      for bits: UInt64 in [0, 1, 1 << 63, .max] {
        let time = NTPTimestamp(bits: bits).unixTime(nearest: UnixTime(milliseconds: pivot))
        let distance = time.distance(to: UnixTime(milliseconds: pivot))
        #expect(distance <= Interval(seconds: UInt64(Self.halfEra)))
      }
    }
  }
}
