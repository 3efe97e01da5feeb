/// An address and a port: where a connection or a datagram goes.
public struct Endpoint: Sendable {
  /// The host's address.
  public let address: IPAddress
  /// The TCP or UDP port, not zero.
  public let port: UInt16

  /// Creates the end point `port` of `address`.
  public init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }
}
