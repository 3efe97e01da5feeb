import DataFiles

/// The scenarios inside the program.
public enum ScenarioLibrary {
  /// Their files, in the order in which they are listed.
  private static var files: [(name: String, bytes: [UInt8])] {
    [
      ("default", PackageResources.default_json),
      ("reconnect-storm", PackageResources.reconnect_storm_json),
      ("broker-restart", PackageResources.broker_restart_json),
      ("jwt-wave", PackageResources.jwt_wave_json),
      ("clock-lost", PackageResources.clock_lost_json),
      ("power-cuts", PackageResources.power_cuts_json),
      ("flash-wear", PackageResources.flash_wear_json),
      ("five-years-on-two-aa", PackageResources.five_years_on_two_aa_json),
      ("swarm", PackageResources.swarm_json),
    ]
  }

  /// Their names.
  public static var names: [String] { files.map(\.name) }

  /// The scenario with a name, or nil.
  public static func scenario(_ name: String) throws(DataError) -> Scenario? {
    guard let file = files.first(where: { $0.name == name }) else { return nil }
    return try Scenario(file.bytes, file: "\(name).json")
  }
}
