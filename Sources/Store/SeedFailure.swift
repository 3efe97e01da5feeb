/// Why a board has no entropy to start with.
public enum SeedFailure: Error, Equatable, Sendable {
  /// There is no seed on flash: the board was not provisioned, or its flash was erased.
  case missing
  /// What is there is no seed: too short, or all bytes alike.
  case malformed
  /// The next seed could not be written, so that this one may not be used.
  case notReplaced(StoreFailure)
  /// The hash failed.
  case hash
}
