public import Units

/// A date as NTP writes it: seconds since 1900 and a binary fraction, 32 bits each (RFC 5905
/// section 6).
///
/// The seconds wrap every 136 years, in February 2036 for the first time. Only differences are
/// therefore meaningful, and a date takes a second date near it that says which era is meant.
public struct NTPTimestamp: Equatable, Sendable {
  /// The seconds in the upper half, the fraction in the lower one.
  public let bits: UInt64

  /// The value that means "unknown".
  public static let zero = NTPTimestamp(bits: 0)

  /// Creates a timestamp from its 64 bits.
  public init(bits: UInt64) { self.bits = bits }

  /// Creates the timestamp of `time`, in whichever era that lies.
  public init(_ time: UnixTime) {
    let seconds = time.seconds
    let milliseconds = UInt64(truncatingIfNeeded: time.milliseconds &- seconds &* 1_000)
    let sinceEra = UInt64(bitPattern: seconds &+ Self.unixEpoch)
    bits = sinceEra &<< 32 | (milliseconds &<< 32) / 1_000
  }

  /// The time from `earlier` to this one in milliseconds, negative where it lies before.
  ///
  /// The wrap is harmless as long as the two are less than 68 years apart.
  public func milliseconds(since earlier: NTPTimestamp) -> Int64 {
    let difference = Int64(bitPattern: bits &- earlier.bits)
    let fraction = difference & 0xFFFF_FFFF
    let half: Int64 = 1 &<< 31
    return (difference &>> 32) * 1_000 + (fraction * 1_000 + half) &>> 32
  }

  /// The date meant, in the era that puts it nearest to `pivot`.
  public func unixTime(nearest pivot: UnixTime) -> UnixTime {
    let offset = milliseconds(since: NTPTimestamp(pivot))
    let distance = Interval(milliseconds: offset.magnitude)
    return offset < 0 ? pivot - distance : pivot + distance
  }

  /// Seconds from 1900 to 1970: 70 years of which 17 have a leap day.
  private static let unixEpoch: Int64 = (70 * 365 + 17) * 86_400
}
