/// Why bytes are not a record of state times.
public enum StateTimesMalformed: Error, Equatable, Sendable {
  /// The record ends too early.
  case truncated
  /// The record is of a version that this code does not know.
  case version(UInt8)
  /// The record counts more states than there are.
  case tooManyStates(UInt8)
  /// A time does not fit into 64 bits.
  case numberTooLarge
  /// Something follows the record.
  case tooLong
}
