public import Units

extension Interval {
  /// The units of a text, with their milliseconds; a year has 365.25 days.
  private static var units: [(suffix: String, milliseconds: UInt64)] {
    [
      // "ms" comes first, or else it would be taken for seconds with a strange number.
      ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
      ("y", 31_557_600_000),
    ]
  }

  /// Reads a number with its unit, such as `500ms`, `20s`, `1.5h`, `30d` or `5y`; nil for others.
  public init?(text: some StringProtocol) {
    guard let unit = Self.units.first(where: { text.hasSuffix($0.suffix) }),
      let number = Double(text.dropLast(unit.suffix.count)), number >= 0,
      number * Double(unit.milliseconds) < 1e15
    else { return nil }
    self.init(milliseconds: UInt64((number * Double(unit.milliseconds)).rounded()))
  }

  /// The shortest text that `init(text:)` reads as this interval, whole in its unit.
  public var text: String {
    for unit in Self.units.reversed()
    where milliseconds >= unit.milliseconds && milliseconds % unit.milliseconds == 0 {
      return "\(milliseconds / unit.milliseconds)\(unit.suffix)"
    }
    return milliseconds == 0 ? "0s" : "\(milliseconds)ms"
  }
}
