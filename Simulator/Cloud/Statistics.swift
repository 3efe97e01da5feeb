/// What the stand-in cloud has seen and done since it was created.
public struct Statistics: Codable, Equatable, Sendable {
  /// TCP connections open now.
  public var connectionsOpen = 0
  /// TCP connections accepted.
  public var connections = 0
  /// TLS handshakes completed.
  public var handshakes = 0
  /// Devices connected now.
  public var devicesConnected = 0
  /// CONNECTs accepted.
  public var connectsAccepted = 0
  /// CONNECTs accepted that found a kept session.
  public var sessionsResumed = 0
  /// CONNECTs refused, by reason.
  public var connectsRefused: [RefusalReason: Int] = [:]
  /// Connections ended, by reason.
  public var closes: [CloseReason: Int] = [:]
  /// Sessions kept or open now.
  public var sessions = 0
  /// Different tokens seen, by digest.
  public var tokensSeen = 0
  /// CONNECTs with a token that had been refused before.
  public var refusedTokenReuses = 0
  /// Messages from devices, by kind.
  public var received: [MessageKind: MessageCounts] = [:]
  /// Messages to devices, by kind, repetitions included.
  public var sent: [MessageKind: MessageCounts] = [:]
  /// Messages to devices that were pushed out of a full queue.
  public var messagesDropped = 0
  /// PUBACKs sent.
  public var acknowledgementsSent = 0
  /// PUBACKs received for messages that were waiting for one.
  public var acknowledgementsReceived = 0
  /// Subscriptions granted.
  public var subscriptionsGranted = 0
  /// Subscriptions refused.
  public var subscriptionsRefused = 0
  /// PINGREQs received.
  public var pings = 0
  /// Bytes of MQTT packets received, TLS not counted.
  public var bytesReceived = 0
  /// Bytes of MQTT packets sent, TLS not counted.
  public var bytesSent = 0
  /// SNTP requests received.
  public var timeRequests = 0
  /// SNTP answers sent.
  public var timeAnswers = 0
  /// What each device did, by name; only devices that tried to connect.
  public var devices: [String: DeviceStatistics] = [:]

  /// Creates counts of zero.
  public init() {}

  /// CONNECTs refused, for whatever reason.
  public var connectsRefusedTotal: Int { connectsRefused.values.reduce(0, +) }

  /// Connections that the cloud ended because a token expired.
  public var closesAtExpiry: Int { closes[.tokenExpired, default: 0] }

  mutating func countRefusal(_ reason: RefusalReason, device: String?) {
    connectsRefused[reason, default: 0] += 1
    if let device { devices[device, default: .init()].connectsRefused += 1 }
  }

  mutating func countReceived(_ kind: MessageKind, _ quality: Quality, device: String) {
    received[kind, default: .init()].add(quality: quality)
    devices[device, default: .init()].received[kind, default: .init()].add(quality: quality)
  }

  mutating func countSent(_ kind: MessageKind, _ quality: Quality, device: String) {
    sent[kind, default: .init()].add(quality: quality)
    devices[device, default: .init()].sent[kind, default: .init()].add(quality: quality)
  }
}
