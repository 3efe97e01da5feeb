/// An invariant that did not hold.
public struct Breach: Sendable, Equatable {
  /// The invariant's name.
  public var invariant: String
  /// The seed of the run.
  public var seed: UInt64
  /// The device's index.
  public var device: Int
  /// When it was seen, in milliseconds since the beginning.
  public var atMilliseconds: UInt64
  /// What was found, for a person.
  public var detail: String

  /// Creates a breach.
  public init(
    invariant: String, seed: UInt64, device: Int, atMilliseconds: UInt64, detail: String
  ) {
    self.invariant = invariant
    self.seed = seed
    self.device = device
    self.atMilliseconds = atMilliseconds
    self.detail = detail
  }
}
