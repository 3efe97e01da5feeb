import Bytes
public import DeviceImage
import Identity
import Units

extension DeviceConfiguration {
  /// Takes over what `image` says: names, cloud, time servers, time floor, token lifetime and
  /// keep-alive.
  ///
  /// What the image leaves out, or knows nothing of, stays as it was, but for the time servers,
  /// which are replaced. After a failure the configuration is of no use.
  public mutating func apply(_ image: DeviceImage) throws(ImageConfigurationFailure) {
    try applyProfile(image)
    try Self.replace(&names.project, by: image.project, tag: .project)
    try Self.replace(&names.region, by: image.region, tag: .region)
    try Self.replace(&names.registry, by: image.registry, tag: .registry)
    try Self.replace(&names.device, by: image.device, tag: .device)
    try Self.replace(&cloudHost, by: image.cloudHost, tag: .cloudHost)
    if let port = image.cloudPort { cloudPort = port }
    try applyTime(image)
    try applyTokenLifetime(image)
    if let seconds = image.keepAliveSeconds { profile.keepAliveSeconds = seconds }
  }

  // Each has large values on its stack for a moment, but not at the same time.

  @inline(never)
  private mutating func applyProfile(_ image: DeviceImage) throws(ImageConfigurationFailure) {
    guard image.cloudProfile == Limits.googleProfileNumber else {
      throw .unsupported(.cloudProfile)
    }
    profile = .google
    guard !image.project.isEmpty else { throw .missing(.project) }
    guard !image.region.isEmpty else { throw .missing(.region) }
    guard !image.registry.isEmpty else { throw .missing(.registry) }
  }

  @inline(never)
  private mutating func applyTime(_ image: DeviceImage) throws(ImageConfigurationFailure) {
    timeFloor = UnixTime(seconds: Int64(truncatingIfNeeded: image.timeFloorSeconds))
    timeServers.removeAll()
    var servers = image.timeServers
    while let server = servers.next() {
      do { try timeServers.append(server.host, port: server.port) } catch {
        throw .unsupported(.timeServer)
      }
    }
  }

  @inline(never)
  private mutating func applyTokenLifetime(_ image: DeviceImage) throws(ImageConfigurationFailure) {
    guard let seconds = image.tokenLifetimeSeconds else { return }
    let lifetime = Interval(seconds: UInt64(truncatingIfNeeded: seconds))
    guard lifetime <= profile.tokenLifetimeMaximum else { throw .unsupported(.tokenLifetime) }
    tokenPolicy = .standard(lifetime: lifetime)
  }

  private static func replace<let capacity: Int>(
    _ name: inout FixedBytes<capacity>, by bytes: Span<UInt8>, tag: ImageTag
  ) throws(ImageConfigurationFailure) {
    name.removeAll()
    do { try name.append(bytes) } catch { throw .unsupported(tag) }
  }
}

extension TokenPolicy {
  /// The standard policy for tokens of another life.
  @inline(never)
  static func standard(lifetime: Interval) -> TokenPolicy {
    let standard = TokenPolicy.standard
    return TokenPolicy(
      lifetime: lifetime, margin: standard.margin, jitterMaximum: standard.jitterMaximum,
      signAhead: standard.signAhead)
  }
}
