import Bytes

extension MQTT {
  /// A client's first packet: it opens a session (section 3.1).
  public struct Connect: ~Escapable {
    /// The name of the session; may be empty, then the server may choose one.
    public let clientID: Span<UInt8>
    /// Who the client is.
    public let userName: Span<UInt8>?
    /// The proof, any bytes; only together with a user name (section 3.1.2.9).
    public let password: Span<UInt8>?
    /// The longest silence of the client, after which the server may give up; zero means for ever.
    public let keepAliveSeconds: UInt16
    /// True if neither side keeps a session from before, or beyond this connection.
    public let cleanSession: Bool
    /// What to publish if the client vanishes.
    public let will: Will?

    /// Creates the packet; it traps on ill-formed text, long fields and a password alone.
    @_lifetime(copy clientID, copy userName, copy password, copy will)
    public init(
      clientID: Span<UInt8>, userName: Span<UInt8>? = nil, password: Span<UInt8>? = nil,
      keepAliveSeconds: UInt16, cleanSession: Bool, will: consuming Will? = nil
    ) {
      precondition(clientID.isMQTTText && clientID.count <= Int(UInt16.max))
      if let userName { precondition(userName.isMQTTText && userName.count <= Int(UInt16.max)) }
      if let password { precondition(userName != nil && password.count <= Int(UInt16.max)) }
      self.init(
        checkedClientID: clientID, userName: userName, password: password,
        keepAliveSeconds: keepAliveSeconds, cleanSession: cleanSession, will: will)
    }

    /// Creates the packet from fields that were parsed.
    @_lifetime(copy checkedClientID, copy userName, copy password, copy will)
    init(
      checkedClientID: Span<UInt8>, userName: Span<UInt8>?, password: Span<UInt8>?,
      keepAliveSeconds: UInt16, cleanSession: Bool, will: consuming Will?
    ) {
      self.clientID = checkedClientID
      self.userName = userName
      self.password = password
      self.keepAliveSeconds = keepAliveSeconds
      self.cleanSession = cleanSession
      self.will = will
    }
  }
}
