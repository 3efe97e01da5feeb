/// Where a message of the device goes, in the cloud's terms.
public enum CloudTopic: Sendable {
  /// Measurements and other events.
  case events
  /// What the device says of itself.
  case state
}
