/// The same fleet, seed and faults with other devices, another network or another cloud.
public struct Comparison: Sendable, Equatable {
  /// What it is called.
  public var name: String
  /// Its devices.
  public var device: DeviceModel
  /// Its network.
  public var network: NetworkModel
  /// Its cloud.
  public var cloud: CloudModel

  /// Creates a comparison that differs in nothing yet.
  public init(name: String, with scenario: Scenario) {
    self.name = name
    device = scenario.device
    network = scenario.network
    cloud = scenario.cloud
  }
}

extension Scenario {
  /// The scenario of a comparison, which has none of its own.
  public func applying(_ comparison: Comparison) -> Scenario {
    var other = self
    other.device = comparison.device
    other.network = comparison.network
    other.cloud = comparison.cloud
    other.comparisons = []
    return other
  }
}
