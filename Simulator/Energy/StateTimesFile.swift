import DataFiles
import Foundation
import Metering
import Platform
import Units

/// Reads records of state times as a device sends them.
public enum StateTimesFile {
  /// Reads the records in a file: bytes as they came, or a line of hexadecimal digits for each.
  ///
  /// The records of one boot grow, so the last of a boot is what counts, and one that is shorter
  /// than the one before begins a new boot. The result is the sum over boots.
  public static func read(_ data: Data, file: String) throws(DataError) -> StateTimes {
    guard data.count <= 100_000_000 else {
      throw DataError(file: file, problem: "is over 100 MB; it should be records")
    }
    if data.first == 1 { return try record(Array(data), file: file, line: nil) }
    var sum: StateTimes?
    var latest: StateTimes?
    let lines = String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let digits = line.filter { !$0.isWhitespace }
      guard !digits.isEmpty else { continue }
      guard let bytes = bytes(digits) else {
        throw DataError(
          file: file, line: index + 1,
          problem: "should be hexadecimal digits, two a byte, as `mosquitto_sub -F %x` prints them")
      }
      let next = try record(bytes, file: file, line: index + 1)
      if let before = latest, next.total < before.total { sum = added(before, to: sum) }
      latest = next
    }
    guard let last = latest else {
      throw DataError(file: file, problem: "has no record; it should have a line each")
    }
    return added(last, to: sum)
  }

  private static func added(_ times: StateTimes, to sum: StateTimes?) -> StateTimes {
    guard let sum else { return times }
    // Counting on from nought through all states gives a value with their sums.
    var now = Instant(milliseconds: 0)
    var result = StateTimes(at: now, in: .sleep)
    for (state, _) in StateCharge.states {
      result.enter(state, at: now)
      now = now + sum.time(in: state) + times.time(in: state)
    }
    result.count(until: now)
    return result
  }

  private static func record(
    _ bytes: [UInt8], file: String, line: Int?
  ) throws(DataError) -> StateTimes {
    do { return try StateTimes.parse(bytes.span) } catch {
      throw DataError(
        file: file, line: line,
        problem: "is not a record of state times (\(error)); it should begin with 01 06")
    }
  }

  private static func bytes(_ digits: String) -> [UInt8]? {
    guard digits.count % 2 == 0, digits.count <= 2_000 else { return nil }
    var bytes: [UInt8] = []
    var rest = digits[...]
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
