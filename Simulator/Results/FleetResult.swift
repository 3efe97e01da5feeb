/// What a fleet did, in numbers that add up whatever the order.
public struct FleetResult: Sendable, Equatable {
  /// Devices simulated, over all seeds.
  public var devices = 0
  /// The sum of the times for which devices were simulated, in milliseconds.
  public var deviceMilliseconds: UInt64 = 0
  /// Steps of the simulation: how often a device was woken.
  public var events: UInt64 = 0
  /// The devices' digests, added up: two runs with the same digest did the same.
  public var digest = Digest()
  /// Where messages went.
  public var messages = MessageCounts()
  /// What became of attempts to connect.
  public var connects = ConnectCounts()
  /// What became of tokens.
  public var tokens = TokenCounts()
  /// How the time was asked for.
  public var time = TimeCounts()
  /// What was done to flash.
  public var flash = FlashCounts()
  /// Resets after a power cut or a brown-out.
  public var resets: UInt64 = 0
  /// Devices whose battery ended.
  public var deaths: UInt64 = 0
  /// How often each kind of fault struck a device.
  public var faults: [String: UInt64] = [:]
  /// Why connections and attempts ended, planned ends aside.
  public var failures: [String: UInt64] = [:]
  /// Nanojoules by cause, in the words of the energy model.
  public var energyNanojoules: [String: UInt64] = [:]
  /// How often each invariant was checked.
  public var checked: [String: UInt64] = [:]
  /// How often each was broken.
  public var broken: [String: UInt64] = [:]
  /// The first of them, ordered by seed, device and time.
  public var breaches: [Breach] = []

  /// From the attempt to the accepted CONNECT, in milliseconds.
  public var connectTime = Histogram()
  /// From the publish to the acknowledgement, in milliseconds.
  public var deliveryTime = Histogram()
  /// From the loss of a connection to the next accepted CONNECT, in milliseconds.
  public var offlineTime = Histogram()
  /// The waits before attempts to connect, in milliseconds.
  public var backOffTime = Histogram()
  /// The battery's life in hours; of those that live on, nothing.
  public var batteryLife = Histogram()

  /// Attempts to connect, accepted connections, tokens signed and deaths over time.
  public var series = Series()

  /// Creates the result of no device.
  public init() {}
}
