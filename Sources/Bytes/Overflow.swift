/// A write did not fit the space that was given for it.
public struct Overflow: Error, Equatable, Sendable {
  /// Creates the error.
  public init() {}
}
