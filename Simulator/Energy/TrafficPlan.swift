/// When a device measures and what it sends.
public struct TrafficPlan: Sendable, Equatable {
  /// What makes it send.
  public enum Kind: String, Sendable, CaseIterable {
    /// A message for each measurement.
    case periodic
    /// A message when the signal moved by the sensor's threshold, and one a day at least.
    case threshold
    /// A message for a number of measurements.
    case batch
  }

  /// What makes it send.
  public var kind = Kind.periodic
  /// The seconds between two measurements.
  public var measureSeconds = 3_600.0
  /// The measurements in a message of a batch.
  public var batchCount = 1
  /// The bytes of a payload, where they are not to follow from the readings.
  public var payloadBytes: Double?
  /// What the signal is drawn from.
  public var seed: UInt64 = 1

  /// Creates a plan: a message an hour.
  public init() {}
}
