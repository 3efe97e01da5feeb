public import Bytes
public import Identity
public import TimeKeeping
public import Units

/// Everything about one device that is not code: who it is, where its cloud is, what it may spend.
///
/// A device owns one, which `Device.configure` lends to be filled in place: it takes most of a
/// kilobyte, and to hand it about by value would cost a small stack that much for each hand.
public struct DeviceConfiguration: ~Copyable {
  /// How the cloud wants to be spoken to.
  public var profile = CloudProfile.google
  /// What the device is called.
  public var names = DeviceNames()
  /// The host name of the cloud, which its certificate must carry.
  public var cloudHost = HostName()
  /// The port of the cloud's MQTT listener.
  public var cloudPort: UInt16 = 8883
  /// Where the time comes from: one server at least.
  public var timeServers = TimeServers()
  /// A date that has passed for sure, such as that of the build: no earlier time is believed.
  public var timeFloor = UnixTime(seconds: 0)
  /// How long tokens live and when they are renewed; nil lets them live for as long as the cloud
  /// allows.
  public var tokenPolicy: TokenPolicy?
  /// How long the device waits before an attempt to connect, the first one too.
  public var backOffPolicy = BackOffPolicy.standard
  /// The blocks of the platform's flash that keep messages until they are acknowledged, two or
  /// more; none keeps messages in memory, where a reset loses them.
  public var outboxBlocks = 0..<0
  /// What happens to messages when those blocks are full.
  public var outboxPolicy = OutboxPolicy.refuse
  /// Which quality of service messages from the cloud are asked for with.
  public var subscribesWithAcknowledgement = true

  /// Creates a configuration without any names.
  init() {}

  /// The policy given, or that of the longest life.
  var effectiveTokenPolicy: TokenPolicy {
    tokenPolicy ?? .standard(lifetime: profile.tokenLifetimeMaximum)
  }

  /// Appends `template` with the device's names to `target`; false where it does not fit.
  func expand<let capacity: Int>(
    _ template: Template, into target: inout FixedBytes<capacity>
  ) -> Bool {
    do { try template.expand(with: names, into: &target) } catch { return false }
    return true
  }
}
