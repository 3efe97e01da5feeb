/// Why a message was not accepted.
public enum PublishFailure: Error, Equatable, Sendable {
  /// No room now; there will be some once messages were acknowledged.
  case full
  /// Every message that waits matters more than this one, and the device drops the least important.
  case outranked
  /// The flash that keeps messages did not obey; the device's `storeFailure` says why.
  case notStored
  /// The message is longer than all the memory for messages.
  case tooLarge
  /// The topic name is empty, too long, not UTF-8 or contains a wildcard.
  case invalidTopic
  /// A QoS 0 message goes out now or never, and there is no connection.
  case notConnected
}
