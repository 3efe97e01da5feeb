import CNetwork
public import Platform

/// A failure of the board's IP stack.
public struct NetworkFailure: PlatformFailure {
  /// The stack's own number: one of the negative `NETWORK_` constants.
  public let code: Int32

  /// What the number means to code that serves every platform.
  public var kind: PlatformFailureKind {
    switch code {
    case Int32(NETWORK_REFUSED.rawValue): .refused
    case Int32(NETWORK_CLOSED.rawValue): .closed
    case Int32(NETWORK_EXHAUSTED.rawValue): .exhausted
    case Int32(NETWORK_UNKNOWN_NAME.rawValue): .unknownName
    default: .unreachable
    }
  }
}
