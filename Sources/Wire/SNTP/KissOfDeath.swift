/// What a server that sends stratum 0 wants of its client (RFC 5905 section 7.4).
public enum KissOfDeath: Equatable, Sendable {
  /// Access is denied: do not ask again.
  case deny
  /// Access is restricted: do not ask again.
  case restrict
  /// The client asks too often.
  case rate
  /// Another code, four characters of ASCII.
  case other(UInt32)

  /// Reads the code from the reference identifier of a packet.
  public init(code: UInt32) {
    switch code {
    case 0x4445_4E59: self = .deny
    case 0x5253_5452: self = .restrict
    case 0x5241_5445: self = .rate
    default: self = .other(code)
    }
  }

  /// The code as a reference identifier: `DENY`, `RSTR`, `RATE` or another.
  public var code: UInt32 {
    switch self {
    case .deny: 0x4445_4E59
    case .restrict: 0x5253_5452
    case .rate: 0x5241_5445
    case .other(let code): code
    }
  }
}
