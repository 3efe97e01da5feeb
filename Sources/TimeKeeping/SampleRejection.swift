/// Why the trusted clock did not take a sample.
public enum SampleRejection: Error, Equatable, Sendable {
  /// The date has certainly passed already.
  case beforeFloor
  /// The sample may be too wrong to be of use.
  case tooUncertain
  /// The sample would move the clock far; another one has to agree.
  case needsConfirmation
}
