/// The input ended inside a field.
public struct Truncated: Error, Equatable, Sendable {
  /// Creates the error.
  public init() {}
}
