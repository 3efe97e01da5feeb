/// How the stand-in time server answers.
public enum SNTPBehaviour: Equatable, Sendable {
  /// With the right time.
  case right
  /// With a time that is wrong by this much; positive is ahead.
  case offset(Duration)
  /// Not at all.
  case silent
  /// With a kiss of death.
  case kissOfDeath(KissCode)
  /// With the right time, but without repeating the client's timestamp, as a forger would.
  case zeroOriginate
  /// With the right time, marked as not synchronized.
  case unsynchronized
}
