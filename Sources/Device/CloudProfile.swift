public import Units

/// How one cloud wants to be spoken to: a value, not code.
public struct CloudProfile: Sendable {
  /// The MQTT client identifier.
  public var clientIdentifier: Template
  /// The MQTT user name.
  public var userName: Template
  /// The audience of the token that is sent as MQTT password.
  public var audience: Template
  /// Where measurements go.
  public var eventsTopic: Template
  /// Where the device's own state goes.
  public var stateTopic: Template
  /// Where the cloud puts the device's configuration.
  public var configTopic: Template
  /// The filter for commands to the device.
  public var commandsFilter: Template
  /// The longest token lifetime that the cloud accepts.
  public var tokenLifetimeMaximum: Interval
  /// The keep-alive interval in seconds, 1 to 65535.
  public var keepAliveSeconds: UInt16
  /// Whether the cloud keeps the session between connections.
  public var keepsSession: Bool

  /// Creates a profile.
  public init(
    clientIdentifier: Template, userName: Template, audience: Template, eventsTopic: Template,
    stateTopic: Template, configTopic: Template, commandsFilter: Template,
    tokenLifetimeMaximum: Interval, keepAliveSeconds: UInt16, keepsSession: Bool
  ) {
    self.clientIdentifier = clientIdentifier
    self.userName = userName
    self.audience = audience
    self.eventsTopic = eventsTopic
    self.stateTopic = stateTopic
    self.configTopic = configTopic
    self.commandsFilter = commandsFilter
    self.tokenLifetimeMaximum = tokenLifetimeMaximum
    self.keepAliveSeconds = keepAliveSeconds
    self.keepsSession = keepsSession
  }
}
