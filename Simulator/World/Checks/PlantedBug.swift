/// A bug in the model world that a test has the checker find.
enum PlantedBug: Sendable {
  /// The broker acknowledges every 20th message and forgets it.
  case brokerLosesMessages
  /// The broker takes every tenth message for later than the one behind it.
  case brokerReorders
  /// The broker never acknowledges a message.
  case neverAcknowledges
  /// The flash is empty after a power cut.
  case flashForgets
  /// Time servers are an hour ahead, and say that they are right.
  case tokensFromTheFuture
  /// All tokens are the same.
  case tokensComeAgain
}
