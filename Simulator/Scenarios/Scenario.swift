public import Units

/// What a run in virtual time is made of: a fleet, its surroundings, and what goes wrong.
///
/// Everything here is data; with a seed it decides the whole run. Times count from the beginning of
/// the run, which is the date `epoch`.
public struct Scenario: Sendable, Equatable {
  /// A short name of letters, digits and hyphens.
  public var name: String
  /// What it shows, in a sentence.
  public var summary = ""
  /// The number of devices.
  public var deviceCount = 25
  /// How long the devices live in it; faults happen within.
  public var duration = Interval(seconds: 86_400)
  /// How long they then have, without faults and new messages, to get everything delivered.
  public var settleTime = Interval(seconds: 6 * 3_600)
  /// The date at the beginning.
  public var epoch = UnixTime(seconds: 1_798_761_600)
  /// How every device is made and what it does.
  public var device = DeviceModel()
  /// The way between devices and cloud.
  public var network = NetworkModel()
  /// The cloud.
  public var cloud = CloudModel()
  /// What goes wrong.
  public var faults: [Fault] = []
  /// Whether each seed draws a mix of all kinds of faults of its own, beside `faults`.
  public var hasSwarm = false
  /// The same run again with something changed, to be shown beside it.
  public var comparisons: [Comparison] = []
  /// What has to be true of the result, such as `messages.lost==0`.
  public var gates: [String] = []

  /// Creates the scenario that runs when none is named: 12 messages an hour, nothing goes wrong.
  public init(name: String = "default") { self.name = name }

  /// Whether devices meet in the cloud, here or in a comparison: then they are simulated together,
  /// and cannot be sharded.
  public var isCoupled: Bool {
    cloud.connectsPerSecond != nil || comparisons.contains { $0.cloud.connectsPerSecond != nil }
  }
}
