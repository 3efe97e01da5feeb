/// A failure of the world outside, in the implementer's own words.
///
/// Each implementation has its own error type with all the detail it can give; `kind` is what code
/// that serves every platform may decide upon.
public protocol PlatformFailure: Error {
  /// The sort of failure, for code that does not know the platform.
  var kind: PlatformFailureKind { get }
}

/// What went wrong, in the few words that all platforms share.
public enum PlatformFailureKind: Sendable {
  /// The peer or the system said no.
  case refused
  /// Nothing answered in time, or there is no way to the peer.
  case unreachable
  /// The peer ended the connection.
  case closed
  /// A buffer, a table or a quota is full; later it may work.
  case exhausted
  /// The hardware is absent, broken or worn out.
  case hardware
  /// The name does not exist.
  case unknownName
}

extension Never: PlatformFailure {
  /// Never called: there is no value of this type.
  public var kind: PlatformFailureKind {
    switch self {}
  }
}
