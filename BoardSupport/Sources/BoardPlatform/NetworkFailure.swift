import CNetwork
public import Platform

/// A failure of the board's IP stack.
public struct NetworkFailure: PlatformFailure {
  /// The stack's own number: one of the negative `NETWORK_` constants.
  public let code: Int32

  /// What the number means to code that serves every platform.
  public var kind: PlatformFailureKind {
    switch code {
    case NETWORK_REFUSED: .refused
    case NETWORK_CLOSED: .closed
    case NETWORK_EXHAUSTED: .exhausted
    case NETWORK_UNKNOWN_NAME: .unknownName
    default: .unreachable
    }
  }

  /// Throws what `result`, as the stack gives it, says, where it says a failure; a count otherwise.
  static func check(_ result: Int32) throws(NetworkFailure) -> Int {
    guard result >= 0 else { throw NetworkFailure(code: result) }
    return Int(result)
  }
}
