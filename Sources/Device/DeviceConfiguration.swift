public import Bytes
public import Identity
public import TimeKeeping
public import Units

/// Everything about one device that is not code: who it is, where its cloud is, what it may spend.
public struct DeviceConfiguration: ~Copyable {
  /// How the cloud wants to be spoken to.
  public var profile: CloudProfile
  /// What the device is called.
  public var names: DeviceNames
  /// The host name of the cloud, which its certificate must carry.
  public var cloudHost: HostName
  /// The port of the cloud's MQTT listener.
  public var cloudPort: UInt16
  /// Where the time comes from.
  public var timeServers: TimeServers
  /// A date that has passed for sure, such as that of the build: no earlier time is believed.
  public var timeFloor: UnixTime
  /// How long tokens live and when they are renewed.
  public var tokenPolicy: TokenPolicy
  /// How long the device waits before an attempt to connect, the first one too.
  public var backOffPolicy: BackOffPolicy
  /// Which quality of service messages from the cloud are asked for with.
  public var subscribesWithAcknowledgement: Bool

  /// Creates a configuration; tokens live for as long as the cloud allows.
  public init(
    profile: CloudProfile, names: consuming DeviceNames, cloudHost: Span<UInt8>,
    cloudPort: UInt16 = 8883, timeFloor: UnixTime
  ) throws(Overflow) {
    self.profile = profile
    self.names = names
    self.cloudHost = HostName()
    try self.cloudHost.append(cloudHost)
    self.cloudPort = cloudPort
    timeServers = TimeServers()
    self.timeFloor = timeFloor
    tokenPolicy = TokenPolicy(
      lifetime: profile.tokenLifetimeMaximum, margin: TokenPolicy.standard.margin,
      jitterMaximum: TokenPolicy.standard.jitterMaximum,
      signAhead: TokenPolicy.standard.signAhead)
    backOffPolicy = .standard
    subscribesWithAcknowledgement = true
  }
  /// Appends `template` with the device's names to `target`; false where it does not fit.
  func expand<let capacity: Int>(
    _ template: Template, into target: inout FixedBytes<capacity>
  ) -> Bool {
    do { try template.expand(with: names, into: &target) } catch { return false }
    return true
  }
}
