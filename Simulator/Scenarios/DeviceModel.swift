public import Units

/// How every device of a fleet is made and what it does.
public struct DeviceModel: Sendable, Equatable {
  /// Messages an hour; the moments are spread evenly within each device's own phase.
  public var messagesPerHour = 12.0
  /// The bytes of a message's payload, at least 16.
  public var payloadBytes = 64
  /// The quality of service of the messages: 0 or 1.
  public var quality = 1
  /// One in so many messages has high priority; zero for none.
  public var highPriorityEvery = 0
  /// How tokens are signed.
  public var credential = Credential.jwtES256
  /// How long a token lives.
  public var tokenLife = Interval(seconds: 86_400)
  /// The longest time by which the renewal is drawn earlier; zero has a whole fleet renew at once.
  public var tokenJitter = Interval(seconds: 3_480)
  /// The MQTT keep-alive.
  public var keepAlive = Interval(seconds: 240)
  /// Whether the broker keeps the session between connections.
  public var keepsSession = true
  /// How long it waits before it connects.
  public var backOff = BackOffModel()
  /// The time servers that it knows, 1 to 3.
  public var timeServerCount = 2
  /// How wrong its crystal is at most, in millionths; drawn for each device.
  public var clockDriftMillionths = 50
  /// Its flash.
  public var flash = FlashModel()
  /// The names of its profiles in the energy model; nil where energy is not of interest.
  public var energy: EnergyModel? = EnergyModel()

  /// Creates a thermometer as in the default scenario.
  public init() {}

  /// How a device proves who it is.
  public enum Credential: String, Sendable, Codable, CaseIterable {
    /// A JSON web token signed with ECDSA on P-256.
    case jwtES256 = "jwt-es256"
    /// A JSON web token signed with RSA, 2048 bits.
    case jwtRS256 = "jwt-rs256"
  }
}

/// The waits before attempts to connect; see `BackOffPolicy`.
public struct BackOffModel: Sendable, Equatable {
  /// The ceiling of the first wait.
  public var base = Interval(seconds: 1)
  /// The ceiling that is never exceeded.
  public var cap = Interval(seconds: 1_024)
  /// The least wait; equal to base and cap it is a fixed one.
  public var floor = Interval.zero
  /// The ceiling of the wait before the very first attempt.
  public var firstSpread = Interval(seconds: 10)

  /// Creates the core's standard policy.
  public init() {}
}

/// The flash region of a device's outbox.
public struct FlashModel: Sendable, Equatable {
  /// Bytes programmed together.
  public var programUnit = 8
  /// Bytes erased together.
  public var blockBytes = 4_096
  /// The number of blocks; zero for a device without flash, whose messages live in RAM.
  public var blockCount = 4
  /// After how many erasures a block begins to fail.
  public var endurance = 100_000
  /// What happens when it is full.
  public var whenFull = WhenFull.dropOldest

  /// Creates a region of 16 KiB.
  public init() {}

  /// What happens to messages when the outbox is full.
  public enum WhenFull: String, Sendable, Codable, CaseIterable {
    /// A new message is refused.
    case refuse
    /// The oldest makes room.
    case dropOldest = "drop-oldest"
    /// The oldest of the lowest priority makes room.
    case dropLowestPriority = "drop-lowest-priority"
  }
}

/// The profiles of `swiftlet energy` that a device's parts have.
public struct EnergyModel: Sendable, Equatable {
  /// The core.
  public var core = "nrf52840"
  /// The radio.
  public var radio = "lte-m-psm"
  /// The sensor.
  public var sensor = "sht40"
  /// The battery, whose end is the device's; nil for mains.
  public var battery: String?
  /// The temperature in degrees Celsius.
  public var celsius = 20.0
  /// How much the capacities of batteries differ from each other, in percent, up or down.
  public var batterySpreadPercent = 5.0

  /// Creates the parts of the default scenario, on mains.
  public init() {}
}
