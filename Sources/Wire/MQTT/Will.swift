import Bytes

extension MQTT {
  /// The message that the server publishes when a client vanishes (section 3.1.2.5).
  public struct Will: ~Escapable {
    /// A valid topic name.
    public let topic: Span<UInt8>
    /// The application's bytes, at most 65535 of them.
    public let payload: Span<UInt8>
    /// How surely it is delivered.
    public let quality: QualityOfService
    /// True if the server is to keep the message.
    public let retain: Bool

    /// Creates a will; it traps unless `TopicName.isValid` and the payload is short enough.
    @_lifetime(copy topic, copy payload)
    public init(
      topic: Span<UInt8>, payload: Span<UInt8>, quality: QualityOfService, retain: Bool = false
    ) {
      precondition(TopicName.isValid(topic) && payload.count <= Int(UInt16.max))
      self.init(checkedTopic: topic, payload: payload, quality: quality, retain: retain)
    }

    /// Creates a will from fields that were parsed.
    @_lifetime(copy checkedTopic, copy payload)
    init(
      checkedTopic: Span<UInt8>, payload: Span<UInt8>, quality: QualityOfService, retain: Bool
    ) {
      self.topic = checkedTopic
      self.payload = payload
      self.quality = quality
      self.retain = retain
    }
  }
}
