/// How much a message matters when the outbox is full.
public enum MessagePriority: UInt8, Comparable, Sendable {
  /// It may go first.
  case low = 0
  /// As most messages.
  case normal = 1
  /// It goes last.
  case high = 2

  /// Orders by importance.
  public static func < (left: MessagePriority, right: MessagePriority) -> Bool {
    left.rawValue < right.rawValue
  }
}
