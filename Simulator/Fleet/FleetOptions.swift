public import Device
public import Platform
public import Units
public import Wire

/// What a live fleet is made of and what it does.
public struct FleetOptions: Sendable {
  /// A host and a port to reach it at.
  public struct Address: Sendable {
    /// The host's name, or a numeric address.
    public var host: String
    /// The TCP or UDP port.
    public var port: UInt16

    /// Creates an address.
    public init(host: String, port: UInt16) {
      self.host = host
      self.port = port
    }
  }

  /// Who one device is.
  public struct Member: Sendable {
    /// The device's name in the registry.
    public var id: String
    /// Its private key in DER.
    public var privateKey: [UInt8]

    /// Creates a member.
    public init(id: String, privateKey: [UInt8]) {
      self.id = id
      self.privateKey = privateKey
    }
  }

  /// The devices.
  public var members: [Member]
  /// The project, region and registry that they are in.
  public var project = "swiftlet"
  /// The cloud's region.
  public var region = "loopback"
  /// The registry's name.
  public var registry = "fleet"
  /// How the cloud wants to be spoken to.
  public var profile = CloudProfile.google
  /// Where the cloud's MQTT listener is.
  public var cloud: Address
  /// Where the devices get the time.
  public var timeServers: [Address]
  /// The root certificates that the devices trust, in DER.
  public var roots: [[UInt8]]
  /// How long a token lives.
  public var tokenLifetime = Interval(seconds: 3600)
  /// How long the devices publish.
  public var duration = Interval(seconds: 20)
  /// How long the devices go on once all were connected, within `duration`; nil for all of it.
  public var hold: Interval?
  /// How long a device waits between two messages.
  public var publishInterval = Interval(seconds: 1)
  /// The quality of service of the messages: 0 or 1.
  public var quality = MQTT.QualityOfService.atLeastOnce
  /// The first attempts to connect spread evenly over this time, at random.
  public var connectSpread = Interval(seconds: 1)
  /// When the devices are switched on.
  public var pacing = Pacing()
  /// How many devices may be on their way to the cloud at the same time; nil for any number.
  public var attemptsAtATime: Int?
  /// The local addresses that connections leave from, taken in turn; none leaves it to the kernel.
  public var sourceAddresses: [IPAddress] = []
  /// How long the fleet waits at the end for the last acknowledgements.
  public var settleTime = Interval(seconds: 15)
  /// What the moments of publishing and the values are drawn from.
  public var seed: UInt64 = 1
  /// The number of threads.
  public var workers = 2

  /// Creates options for `members` of `cloud`.
  public init(members: [Member], cloud: Address, timeServers: [Address], roots: [[UInt8]]) {
    self.members = members
    self.cloud = cloud
    self.timeServers = timeServers
    self.roots = roots
  }
}

extension FleetOptions {
  /// The share of one worker in the attempts that are allowed at a time, the remainder spread.
  func attemptsAtATime(worker: Int) -> Int {
    guard let attemptsAtATime else { return .max }
    return attemptsAtATime / workers + (worker < attemptsAtATime % workers ? 1 : 0)
  }
}
