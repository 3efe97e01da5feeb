/// What happens to messages when the outbox is full.
public enum OutboxPolicy: Sendable {
  /// The new message is refused.
  case refuse
  /// The oldest message makes room.
  case dropOldest
  /// The oldest of the least important messages makes room, if it matters no more than the new one.
  case dropLeastImportant
}

/// Why a message that was accepted is given up.
public enum DropReason: Sendable {
  /// It had to make room.
  case outboxIsFull
  /// It was damaged on flash.
  case damaged
}
