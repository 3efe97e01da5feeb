extension MQTT {
  /// The server's answer to a CONNECT (section 3.2.2.3).
  public enum ConnectReturnCode: UInt8, Sendable {
    /// The session is open.
    case accepted = 0
    /// The server does not speak this version.
    case unacceptableProtocolVersion = 1
    /// The client identifier is not allowed.
    case identifierRejected = 2
    /// The service is not there at the moment.
    case serverUnavailable = 3
    /// The user name or the password is malformed; with tokens also: the token is refused.
    case badUserNameOrPassword = 4
    /// The client may not connect.
    case notAuthorized = 5
  }
}
