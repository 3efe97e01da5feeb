public import Bytes
public import Units

// Names that are known when the program is written.

extension DeviceConfiguration {
  /// Creates a configuration; tokens live for as long as the cloud allows.
  public init(
    profile: CloudProfile, names: consuming DeviceNames, cloudHost: StaticString,
    cloudPort: UInt16 = 8883, timeFloor: UnixTime
  ) throws(Overflow) {
    try self.init(
      profile: profile, names: names, cloudHost: cloudHost.bytes, cloudPort: cloudPort,
      timeFloor: timeFloor)
  }
}

extension DeviceNames {
  /// Creates names; one that is longer than 64 bytes throws.
  public init(
    project: StaticString, region: StaticString, registry: StaticString, device: StaticString
  ) throws(Overflow) {
    try self.init(
      project: project.bytes, region: region.bytes, registry: registry.bytes,
      device: device.bytes)
  }
}

extension TimeServers {
  /// Adds a server; throws where the list is full or the name too long.
  public mutating func append(_ host: StaticString, port: UInt16 = 123) throws(Overflow) {
    try append(host.bytes, port: port)
  }
}
