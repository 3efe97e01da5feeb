/// What a session has done since it was created.
public struct MQTTCounters: Equatable, Sendable {
  /// Messages sent whole, repetitions included.
  public internal(set) var messagesSent: UInt64 = 0
  /// Messages that the server acknowledged.
  public internal(set) var messagesAcknowledged: UInt64 = 0
  /// Messages handed to the application.
  public internal(set) var messagesReceived: UInt64 = 0
  /// Messages among them that the server marked as sent before.
  public internal(set) var duplicatesReceived: UInt64 = 0
  /// QoS 0 messages lost because the connection broke before they were sent.
  public internal(set) var messagesDropped: UInt64 = 0
  /// Messages skipped because they were longer than the inbox.
  public internal(set) var messagesOversized: UInt64 = 0
  /// Acknowledgements of nothing that is known; brokers send some after a restart.
  public internal(set) var unknownAcknowledgements: UInt64 = 0
  /// PINGREQ packets sent.
  public internal(set) var pingsSent: UInt64 = 0
}
