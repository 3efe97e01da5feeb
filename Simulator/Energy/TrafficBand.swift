/// What a device sends, with every figure of its sensor at its value and at both ends.
///
/// It is computed once for all policies: to watch a signal for a month takes its time.
public struct TrafficBand: Sendable {
  /// When the device measures and what makes it send.
  public let plan: TrafficPlan
  private let low: Traffic
  private let middle: Traffic
  private let high: Traffic

  /// Watches the signal of `sensor` as `plan` says.
  public init(plan: TrafficPlan, sensor: SensorProfile) {
    self.plan = plan
    middle = Traffic(plan: plan, sensor: sensor)
    let hasBand = sensor.figures.values.contains { $0.low != $0.high }
    low = hasBand ? Traffic(plan: plan, sensor: sensor, bound: .low) : middle
    high = hasBand ? Traffic(plan: plan, sensor: sensor, bound: .high) : middle
  }

  /// The traffic at an end of the bands.
  public subscript(_ bound: Bound) -> Traffic {
    switch bound {
    case .low: low
    case .middle: middle
    case .high: high
    }
  }
}
