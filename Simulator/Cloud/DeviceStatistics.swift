/// What one device did.
public struct DeviceStatistics: Codable, Equatable, Sendable {
  /// CONNECTs accepted.
  public var connectsAccepted = 0
  /// CONNECTs refused.
  public var connectsRefused = 0
  /// CONNECTs with a token that had been refused before: what a device must not do.
  public var refusedTokenReuses = 0
  /// Messages from the device, by kind.
  public var received: [MessageKind: MessageCounts] = [:]
  /// Messages to the device, by kind, repetitions included.
  public var sent: [MessageKind: MessageCounts] = [:]
  /// PUBACKs sent.
  public var acknowledgementsSent = 0
  /// PUBACKs received for messages that were waiting for one.
  public var acknowledgementsReceived = 0

  /// Creates counts of zero.
  public init() {}
}
