public import Units

extension UnixTime {
  /// Reads a date such as `2027-01-01` or `2027-01-01T12:00:00Z`, from 1970 on; nil for others.
  public init?(text: String) {
    guard
      let match = text.wholeMatch(
        of: /(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)Z)?/),
      let year = Int64(match.1), let month = Int64(match.2), let day = Int64(match.3)
    else { return nil }
    let parts = [match.4, match.5, match.6].map { $0.flatMap { Int64($0) } ?? 0 }
    guard year >= 1970, (1...12).contains(month), day >= 1, parts[0] < 24, parts[1] < 60,
      parts[2] < 60
    else { return nil }
    self.init(
      seconds: Self.days(year, month, day) * 86_400 + parts[0] * 3_600 + parts[1] * 60 + parts[2])
    // Days that a month has not would otherwise be days of the next one.
    guard self.text.hasPrefix(text.prefix(10)) else { return nil }
  }

  /// The date in the form that `init(text:)` reads, to the second.
  public var text: String {
    let days = seconds / 86_400
    let time = seconds % 86_400
    var year: Int64 = 1970 + days / 366
    while Self.days(year + 1, 1, 1) <= days { year += 1 }
    var month: Int64 = 1
    while month < 12, Self.days(year, month + 1, 1) <= days { month += 1 }
    let day = days - Self.days(year, month, 1) + 1
    let date = "\(year)-\(Self.two(month))-\(Self.two(day))"
    guard time > 0 else { return date }
    let clock = [time / 3_600, time / 60 % 60, time % 60].map(Self.two).joined(separator: ":")
    return "\(date)T\(clock)Z"
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The days from 1970-01-01 to a date of the Gregorian calendar.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let before: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    let past = year - 1
    let leaps = past / 4 - past / 100 + past / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400)
    let inYear = before[Int(month) - 1] + (isLeap && month > 2 ? 1 : 0)
    return (year - 1970) * 365 + leaps + inYear + day - 1
  }
}
