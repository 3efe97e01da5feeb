/// What a policy costs a device with a battery: a row of the result.
public struct Assessment: Sendable {
  /// The policy.
  public let policy: Policy
  /// The device.
  public let parts: DeviceParts
  /// The battery.
  public let battery: BatteryProfile
  /// What the device takes in an hour, with every figure at its value and at both ends.
  public let loads: [Bound: HourlyLoad]
  /// How long the battery lasts with the hungriest figures; nil where the pairing does not work.
  public let shortest: BatteryLife?
  /// How long it lasts with the most frugal ones.
  public let longest: BatteryLife?
  /// Why the pairing does not work, in a sentence.
  public let objection: String?

  /// What the device sends.
  public let traffic: TrafficBand
  /// The temperature.
  public let celsius: Double

  /// Computes a row.
  public init(
    parts: DeviceParts, policy: Policy, battery: BatteryProfile, traffic: TrafficBand,
    celsius: Double
  ) {
    self.policy = policy
    self.parts = parts
    self.battery = battery
    self.traffic = traffic
    self.celsius = celsius
    var loads: [Bound: HourlyLoad] = [:]
    var demands: [Bound: Demand] = [:]
    for bound in Bound.allCases {
      let model = LoadModel(parts: parts, policy: policy, traffic: traffic[bound], bound: bound)
      loads[bound] = model.load
      demands[bound] = Demand(model)
    }
    self.loads = loads
    objection = demands[.high].flatMap {
      Pairing.objection($0, battery: battery, celsius: celsius, bound: .high)
    }
    guard objection == nil, let hungry = demands[.high], let frugal = demands[.low] else {
      shortest = nil
      longest = nil
      return
    }
    shortest = BatteryLife(hungry, battery: battery, celsius: celsius, bound: .high)
    longest = BatteryLife(frugal, battery: battery, celsius: celsius, bound: .low)
  }

  /// The load with every figure at its value.
  public var load: HourlyLoad { loads[.middle] ?? HourlyLoad() }

  /// The millijoules an hour of `cause`, or of all, from the least to the most.
  public func millijoules(_ cause: Cause? = nil) -> ClosedRange<Double> {
    let values = Bound.allCases.map { bound in
      let load = loads[bound] ?? HourlyLoad()
      return (cause.map { load[$0] } ?? load.total).millijoules
    }
    return (values.min() ?? 0)...(values.max() ?? 0)
  }

  /// The life in days, from the least to the most; nothing where the pairing does not work.
  public var lifeDays: ClosedRange<Double> {
    guard let shortest, let longest else { return 0...0 }
    return min(shortest.days, longest.days)...max(shortest.days, longest.days)
  }
}
