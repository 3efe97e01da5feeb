/// A message, and where it was last seen.
public struct OutboxPlace: Equatable, Sendable {
  /// The number of the message; zero for none.
  public let sequence: UInt32
  /// Where in the region it was.
  let offset: UInt32

  /// No message.
  public static var none: OutboxPlace { OutboxPlace(sequence: 0, offset: 0) }

  init(sequence: UInt32, offset: UInt32) {
    self.sequence = sequence
    self.offset = offset
  }
}
