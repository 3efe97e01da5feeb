/// What became of one check.
public enum Verdict: Equatable, Sendable {
  /// The implementation kept the contract.
  case passed
  /// The implementation broke the contract.
  case failed
  /// The check could not be made, because an earlier one failed or something it needs is missing.
  case skipped
}
