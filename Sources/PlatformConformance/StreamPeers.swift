public import Platform

/// The end points that a byte stream is checked against.
public struct StreamPeers: Sendable {
  /// Sends back every byte it gets.
  public let echo: Endpoint
  /// Has a reachable host, but nobody listens there.
  public let dead: Endpoint
  /// Sends at least one byte to whoever connects and then closes; nil where there is none.
  public let farewell: Endpoint?

  /// Names the end points.
  public init(echo: Endpoint, dead: Endpoint, farewell: Endpoint?) {
    self.echo = echo
    self.dead = dead
    self.farewell = farewell
  }
}
