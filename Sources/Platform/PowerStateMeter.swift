/// Is told what the device spends its time on.
///
/// It counts time in states, never energy: charge per state is a property of the board and belongs
/// into a profile outside.
public protocol PowerStateMeter: ~Copyable {
  /// The device now enters `state` and leaves the one before.
  mutating func enter(_ state: PowerState)
}

/// What a device spends time on, as far as its battery can tell.
public enum PowerState: UInt8, Sendable {
  /// Waiting, with the processor stopped.
  case sleep
  /// Computing, neither signing nor in a handshake.
  case active
  /// Signing a token.
  case sign
  /// Computing a TLS handshake.
  case handshake
  /// Writing or erasing flash.
  case flash
  /// Measuring.
  case sensor
}
