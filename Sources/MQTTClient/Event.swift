public import Wire

extension MQTTClient {
  /// What happened; a message is lent until the session is used again.
  public enum Event: ~Escapable {
    /// The server opened the session; with `sessionPresent` it still has our subscriptions.
    case connected(sessionPresent: Bool)
    /// The server refused the connection, which is to be closed.
    case refused(MQTT.ConnectReturnCode)
    /// A message came. Asking for the next event tells the server that this one was handled.
    case message(Message)
    /// The message with this identifier was delivered.
    case acknowledged(MQTT.PacketID)
    /// The subscription stands, with this quality of service.
    case subscribed(MQTT.PacketID, MQTT.QualityOfService)
    /// The server refused the subscription.
    case subscriptionRefused(MQTT.PacketID)
    /// The subscription has ended.
    case unsubscribed(MQTT.PacketID)
    /// A message of so many bytes was too long, and was skipped for good.
    case oversized(byteCount: Int)
    /// The session gave the connection up, which is to be closed. Reported once.
    case failed(MQTTFailure)
    /// Nothing has happened.
    case none
  }
}
