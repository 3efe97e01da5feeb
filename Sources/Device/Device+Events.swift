import Bytes
import MQTTClient
import Wire

// What the application is told.
extension Device where Backend: ~Copyable {
  /// The next thing that happened; asking for it says that the one before was handled.
  @_lifetime(&self)
  public mutating func nextEvent() -> DeviceEvent {
    switch notices.removeFirst() {
    case .none: break
    case .synchronized(let uncertainty): return .synchronized(uncertainty: uncertainty)
    case .timeRejected: return .timeRejected
    case .tokenSigned: return .tokenSigned
    case .dropped(let packetID, let reason): return .dropped(packetID, reason)
    case .online(let sessionPresent): return .online(sessionPresent: sessionPresent)
    case .offline(let reason): return .offline(reason)
    }
    switch mqtt.nextEvent() {
    case .none, .unsubscribed: return .none
    case .subscribed:
      subscriptionsAwaited -= 1
      hasSubscribed = subscriptionsAwaited == 0
      return .none
    case .connected(let sessionPresent):
      pendingOutcome = .accepted(sessionPresent: sessionPresent)
      return .none
    case .refused(let code):
      pendingOutcome = .failed(.refused(code))
      return .none
    case .failed(let reason):
      pendingOutcome = .failed(.session(reason))
      return .none
    case .acknowledged(let packetID):
      acknowledged(packetID)
      return .acknowledged(packetID)
    case .subscriptionRefused: return .subscriptionRefused
    case .oversized(let byteCount): return .oversized(byteCount)
    case .message(let message):
      let kind = configuration.kind(of: message.topic)
      return .message(kind, topic: message.topic, payload: message.payload)
    }
  }
}

extension DeviceConfiguration {
  /// Which of the profile's topics `topic` is.
  fileprivate func kind(of topic: Span<UInt8>) -> MessageKind {
    if matches(profile.configTopic, topic) { return .config }
    if matches(profile.commandsFilter, topic) { return .command }
    return .other
  }

  private func matches(_ template: Template, _ topic: Span<UInt8>) -> Bool {
    var filter = TopicName()
    return expand(template, into: &filter)
      && MQTT.TopicFilter.matches(filter.span, topicName: topic)
  }
}
