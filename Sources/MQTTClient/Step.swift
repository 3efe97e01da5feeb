extension MQTTClient {
  /// What the caller does next.
  public enum Step: Equatable, Sendable {
    /// Nothing until `connect`: there is no connection.
    case idle
    /// Call `nextEvent` until it gives `none`.
    case event
    /// Send `bytesToSend` and report it with `sent`; then read too, above all if nothing went out.
    case transmit
    /// Fill `receiveSpace` and report it with `received`.
    case receive
    /// Close the transport, then call `connectionLost`.
    case close
  }
}
