public import Wire

extension MQTTClient {
  /// A message from the server, lent by the session.
  public struct Message: ~Escapable {
    /// The topic name.
    public let topic: Span<UInt8>
    /// The application's bytes.
    public let payload: Span<UInt8>
    /// How surely it was delivered: QoS 0 or 1.
    public let quality: MQTT.QualityOfService
    /// True if it is older than the subscription.
    public let retain: Bool
    /// True if the server sent it before; it may or may not have arrived then.
    public let duplicate: Bool

    @_lifetime(copy topic, copy payload)
    init(
      topic: Span<UInt8>, payload: Span<UInt8>, quality: MQTT.QualityOfService, retain: Bool,
      duplicate: Bool
    ) {
      self.topic = topic
      self.payload = payload
      self.quality = quality
      self.retain = retain
      self.duplicate = duplicate
    }
  }
}
