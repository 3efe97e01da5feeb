import Bytes
import Identity
import MQTTClient
public import Units
import Wire

// What the application is told.
extension Device where Backend: ~Copyable {
  /// The next thing that happened; asking for it says that the one before was handled.
  @_lifetime(&self)
  public mutating func nextEvent(now: Instant) -> DeviceEvent {
    switch notices.removeFirst() {
    case .none: break
    case .synchronized(let uncertainty): return .synchronized(uncertainty: uncertainty)
    case .timeRejected: return .timeRejected
    case .tokenSigned: return .tokenSigned
    case .offline(let reason): return .offline(reason)
    }
    switch mqtt.nextEvent() {
    case .none, .subscribed, .unsubscribed: return .none
    case .connected(let sessionPresent):
      accepted(sessionPresent: sessionPresent, now: now)
      return .online(sessionPresent: sessionPresent)
    case .refused(let code):
      refused(code, now: now)
      return .none
    case .failed(let reason):
      pendingFailure = .session(reason)
      return .none
    case .acknowledged(let packetID): return .acknowledged(packetID)
    case .subscriptionRefused: return .subscriptionRefused
    case .oversized(let byteCount): return .oversized(byteCount)
    case .message(let message):
      return .message(kind(of: message.topic), topic: message.topic, payload: message.payload)
    }
  }

  private mutating func accepted(sessionPresent: Bool, now: Instant) {
    token.accepted()
    backOff.succeeded(now: now)
    counters.connectsFull += 1
    // A session that the cloud kept has our subscriptions, unless another firmware made them.
    if !sessionPresent || !hasSubscribed { subscriptionsDue = 2 }
    hasSubscribed = true
    move(on: .accepted, now: now)
  }

  private mutating func refused(_ code: MQTT.ConnectReturnCode, now: Instant) {
    pendingFailure = .refused(code)
  }

  private func kind(of topic: Span<UInt8>) -> MessageKind {
    if matches(configuration.profile.configTopic, topic) { return .config }
    if matches(configuration.profile.commandsFilter, topic) { return .command }
    return .other
  }

  private func matches(_ template: Template, _ topic: Span<UInt8>) -> Bool {
    var filter = TopicName()
    do { try template.expand(with: configuration.names, into: &filter) } catch { return false }
    return MQTT.TopicFilter.matches(filter.span, topic: topic)
  }
}
