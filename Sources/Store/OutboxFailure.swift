public import Platform

/// Why the outbox could not do what was asked.
public enum OutboxFailure: Error, Equatable, Sendable {
  /// The flash said so.
  case flash(PlatformFailureKind)
  /// There is no room until messages are settled.
  case full
  /// The message is longer than the outbox will ever have room for.
  case tooLarge
  /// The flash does not keep what is written to it any more.
  case worn
}
