public import Bytes
import Platform
import Units

/// A record of state times, for a message to the cloud.
///
/// The first byte is the version, 1; the second is the number of states, 6; then follow the
/// milliseconds in sleep, active, sign, handshake, flash and sensor, each as a number of 7-bit
/// groups, least significant first, whose last byte is below 128. A day of hourly tokens takes 18
/// bytes. A reader of this version takes fewer states as zero and refuses more.
extension StateTimes {
  /// The most bytes that a record takes.
  public static let recordByteCountMaximum = 2 + stateCount * 10

  private static let version: UInt8 = 1
  private static let stateCount = 6

  /// Writes the record; on `Overflow` a part of it may have been written.
  @_lifetime(target: copy target)
  public func emit(into target: inout ByteWriter) throws(Overflow) {
    try target.write(Self.version)
    try target.write(UInt8(truncatingIfNeeded: Self.stateCount))
    for index in 0..<UInt8(truncatingIfNeeded: Self.stateCount) {
      guard let state = PowerState(rawValue: index) else { continue }
      var rest = time(in: state).milliseconds
      while rest >= 128 {
        try target.write(UInt8(truncatingIfNeeded: rest & 127) | 128)
        rest = rest &>> 7
      }
      try target.write(UInt8(truncatingIfNeeded: rest))
    }
  }

  /// Appends the record to a payload, or throws and leaves the payload as it was.
  public func append<let capacity: Int>(
    to payload: inout FixedBytes<capacity>
  ) throws(Overflow) {
    var writer = ByteWriter(payload.freeSpace)
    try emit(into: &writer)
    let written = writer.count
    payload.commit(written)
  }

  /// Reads a record that takes up all of `bytes`.
  public static func parse(_ bytes: Span<UInt8>) throws(StateTimesMalformed) -> StateTimes {
    var reader = ByteReader(bytes)
    guard let version = byte(&reader), let count = byte(&reader) else { throw .truncated }
    guard version == Self.version else { throw .version(version) }
    guard Int(count) <= stateCount else { throw .tooManyStates(count) }
    var times = StateTimes(at: Instant(milliseconds: 0))
    for index in 0..<count {
      guard let state = PowerState(rawValue: index) else { throw .tooManyStates(count) }
      times.add(Interval(milliseconds: try number(&reader)), to: state)
    }
    guard reader.isAtEnd else { throw .tooLong }
    return times
  }

  private static func byte(_ reader: inout ByteReader) -> UInt8? {
    do { return try reader.byte() } catch { return nil }
  }

  private static func number(_ reader: inout ByteReader) throws(StateTimesMalformed) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard let group = byte(&reader) else { throw .truncated }
      // The tenth group has room for the 64th bit alone.
      guard shift < 63 || (shift == 63 && group <= 1) else { throw .numberTooLarge }
      value |= UInt64(group & 127) &<< shift
      guard group >= 128 else { return value }
      shift += 7
    }
  }
}
