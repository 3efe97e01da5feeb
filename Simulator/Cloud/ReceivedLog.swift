/// The numbers of the messages that arrived from one device.
///
/// A payload that begins with a field `n`, as in `{"n":123,…}`, carries its number; a device that
/// loses nothing lets no number go missing.
public struct ReceivedLog: Equatable, Sendable {
  /// The numbers that arrived, in ascending ranges that do not touch.
  public private(set) var ranges: [ClosedRange<UInt64>] = []
  /// How many messages had a number that arrived before.
  public private(set) var duplicates = 0
  /// How many arrived for the first time after a higher number had.
  public private(set) var outOfOrder = 0
  /// How many messages had no number.
  public private(set) var unnumbered = 0

  /// Creates an empty log.
  public init() {}

  /// How many different numbers arrived.
  public var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }

  /// True if `number` arrived.
  public func contains(_ number: UInt64) -> Bool {
    let index = firstIndex(endingAtOrAfter: number)
    return index < ranges.count && ranges[index].contains(number)
  }

  /// The numbers of `wanted` that did not arrive.
  public func missing(in wanted: ClosedRange<UInt64>) -> [ClosedRange<UInt64>] {
    var gaps: [ClosedRange<UInt64>] = []
    var next = wanted.lowerBound
    for range in ranges[firstIndex(endingAtOrAfter: wanted.lowerBound)...] {
      guard range.lowerBound <= wanted.upperBound else { break }
      if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
      guard range.upperBound < wanted.upperBound else { return gaps }
      next = range.upperBound + 1
    }
    gaps.append(next...wanted.upperBound)
    return gaps
  }

  /// Notes a message with `payload`.
  public mutating func record(payload: some Sequence<UInt8>) {
    if let number = Self.number(of: payload) { record(number) } else { unnumbered += 1 }
  }

  /// Notes a message with `number`.
  public mutating func record(_ number: UInt64) {
    let index = firstIndex(endingAtOrAfter: number)
    if index < ranges.count {
      if ranges[index].contains(number) {
        duplicates += 1
        return
      }
      outOfOrder += 1
    }
    insert(number, before: index)
  }

  private mutating func insert(_ number: UInt64, before index: Int) {
    // Neither sum overflows: there is a greater upper bound below, a smaller lower bound above.
    let touchesPrevious = index > 0 && ranges[index - 1].upperBound + 1 == number
    let touchesNext = index < ranges.count && number + 1 == ranges[index].lowerBound
    switch (touchesPrevious, touchesNext) {
    case (true, true):
      ranges[index - 1] = ranges[index - 1].lowerBound...ranges[index].upperBound
      ranges.remove(at: index)
    case (true, false): ranges[index - 1] = ranges[index - 1].lowerBound...number
    case (false, true): ranges[index] = number...ranges[index].upperBound
    case (false, false): ranges.insert(number...number, at: index)
    }
  }

  /// The first range that does not end before `number`.
  private func firstIndex(endingAtOrAfter number: UInt64) -> Int {
    // Nearly always the numbers ascend.
    guard let last = ranges.last, last.upperBound >= number else { return ranges.count }
    var low = 0
    var high = ranges.count - 1
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The value of the first field of a JSON object if that is a whole number named `n`.
  static func number(of payload: some Sequence<UInt8>) -> UInt64? {
    var bytes = payload.lazy.filter { !" \t\r\n".utf8.contains($0) }.makeIterator()
    for expected in #"{"n":"#.utf8 where bytes.next() != expected { return nil }
    var value: UInt64?
    while let byte = bytes.next(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      let (shifted, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }
}
