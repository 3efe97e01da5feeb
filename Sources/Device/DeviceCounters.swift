/// What a device has done since it was created.
public struct DeviceCounters: Sendable {
  /// Tokens signed.
  public internal(set) var tokensSigned = 0
  /// Tokens that the cloud refused.
  public internal(set) var tokensRefused = 0
  /// Connections on which the cloud accepted CONNECT after a full TLS handshake.
  public internal(set) var connectsFull = 0
  /// Connections on which the cloud accepted CONNECT after a resumed TLS handshake.
  public internal(set) var connectsResumed = 0
  /// Attempts to connect that failed, and connections that broke.
  public internal(set) var connectsFailed = 0
  /// Connections ended in order to renew the token.
  public internal(set) var refreshes = 0
  /// Times that a server's answer made the clock right.
  public internal(set) var synchronizations = 0
  /// Answers of time servers that were refused.
  public internal(set) var timeRejections = 0
  /// Messages found on flash after the start.
  public internal(set) var messagesRecovered = 0
  /// Accepted messages that had to make room for others.
  public internal(set) var messagesDropped = 0
  /// Accepted messages that were damaged on flash and given up.
  public internal(set) var messagesDamaged = 0
  /// Times that the flash did not obey.
  public internal(set) var storeFailures = 0

  /// Creates counters at zero.
  public init() {}
}
