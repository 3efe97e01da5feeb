import Cloud
import Provisioning

extension Cloud {
  /// Starts a stand-in cloud in which `identities` are the devices of `fleet`.
  ///
  /// - Throws: `CommandFailure`.
  static func standIn(
    _ options: CloudOptions, for fleet: FleetDescription, _ identities: [DeviceIdentity]
  ) async throws -> Cloud {
    do {
      var registry = Registry(
        project: fleet.project, region: fleet.region, name: fleet.registry)
      for identity in identities {
        try registry.register(
          device: identity.id,
          keys: [RegistryKey(algorithm: identity.algorithm, publicKeyPEM: identity.publicKeyPEM)])
      }
      let cloud = try Cloud(options: options, registry: registry)
      try await cloud.start()
      return cloud
    } catch {
      throw CommandFailure.temporary("the stand-in cloud did not start: \(error)")
    }
  }
}
