import Foundation

/// Answers of a time server, as bytes (RFC 4330 section 4).
///
/// Shares no code with the devices.
enum SNTPAnswer {
  private static let byteCount = 48
  private static let clientMode: UInt8 = 3
  private static let serverMode: UInt8 = 4
  private static let unsynchronized: UInt8 = 3
  /// Seconds from 1900 to 1970.
  private static let epochOffset: TimeInterval = 2_208_988_800

  /// The answer to `request` received at `now`, or nil if none is due.
  static func make(to request: [UInt8], now: Date, behaviour: SNTPBehaviour) -> [UInt8]? {
    guard request.count >= byteCount, request[0] & 0b111 == clientMode else { return nil }
    let version = request[0] >> 3 & 0b111
    guard (1...4).contains(version), behaviour != .silent else { return nil }
    let timestamp = timestamp(of: now, behaviour: behaviour)
    var leap: UInt8 = 0
    var stratum: UInt8 = 2
    var reference: [UInt8] = [127, 0, 0, 1]
    // What the client sent as its transmit time comes back as the originate time.
    var originate = Array(request[40..<48])
    switch behaviour {
    case .right, .offset, .silent: break
    case .kissOfDeath(let code):
      leap = unsynchronized
      stratum = 0
      reference = Array(code.rawValue.utf8)
    case .zeroOriginate: originate = [UInt8](repeating: 0, count: 8)
    case .unsynchronized: leap = unsynchronized
    }
    let precision: UInt8 = 0xEC  // 2^-20 s
    let delayAndDispersion: [UInt8] = [0, 0, 0, 0x10, 0, 0, 0, 0x20]
    return [leap << 6 | version << 3 | serverMode, stratum, request[2], precision]
      + delayAndDispersion + reference + timestamp + originate + timestamp + timestamp
  }

  private static func timestamp(of now: Date, behaviour: SNTPBehaviour) -> [UInt8] {
    var seconds = now.timeIntervalSince1970 + epochOffset
    if case .offset(let offset) = behaviour { seconds += offset / .seconds(1) }
    let whole = seconds.rounded(.down)
    // The era is not sent: the seconds wrap in 2036.
    let value =
      UInt64(truncatingIfNeeded: Int64(whole)) << 32
      | UInt64((seconds - whole) * 4_294_967_296)
    return (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
  }
}
