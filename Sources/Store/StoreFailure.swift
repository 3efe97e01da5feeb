public import Platform

/// Why a record could not be read or written.
public enum StoreFailure: Error, Equatable, Sendable {
  /// The flash said so.
  case flash(PlatformFailureKind)
  /// No place in any block holds what is written to it any more.
  case worn
}
