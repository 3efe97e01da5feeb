/// Where a fleet is registered and which devices it has: the content of `swiftlet.json`.
public struct FleetDescription: Codable, Equatable, Sendable {
  /// The cloud project, which tokens name as their audience.
  public var project: String
  /// The region of the registry.
  public var region: String
  /// The name of the registry.
  public var registry: String
  /// How all devices of the fleet sign.
  public var algorithm: DeviceAlgorithm
  /// The names of the devices, in order.
  public var devices: [String]

  /// Creates a description.
  public init(
    project: String, region: String, registry: String, algorithm: DeviceAlgorithm,
    devices: [String]
  ) {
    self.project = project
    self.region = region
    self.registry = registry
    self.algorithm = algorithm
    self.devices = devices
  }

  /// The client identifier with which `device` connects.
  public func clientID(of device: String) -> String {
    "projects/\(project)/locations/\(region)/registries/\(registry)/devices/\(device)"
  }
}
