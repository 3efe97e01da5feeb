import DataFiles
import Foundation

/// All profiles, policies and costs that a computation can choose from.
public struct ProfileLibrary: Sendable {
  /// Processor cores.
  public private(set) var cores: [CoreProfile] = []
  /// Radios and other networks.
  public private(set) var radios: [RadioProfile] = []
  /// Sensors.
  public private(set) var sensors: [SensorProfile] = []
  /// Batteries.
  public private(set) var batteries: [BatteryProfile] = []
  /// What protocols send.
  public private(set) var exchanges: [ExchangeProfile] = []
  /// Policies, in the order of their file.
  public private(set) var policies: [Policy] = []
  /// Instruction counts.
  public private(set) var costs: CostTable

  /// The profiles inside the program.
  public static func builtIn() throws(DataError) -> ProfileLibrary {
    var library = ProfileLibrary(
      costs: try .read(Data(PackageResources.costs_json), file: "costs.json"))
    try library.add(Data(PackageResources.cores_json), file: "cores.json")
    try library.add(Data(PackageResources.radios_json), file: "radios.json")
    try library.add(Data(PackageResources.sensors_json), file: "sensors.json")
    try library.add(Data(PackageResources.batteries_json), file: "batteries.json")
    try library.add(Data(PackageResources.exchanges_json), file: "exchanges.json")
    library.policies = try Policy.read(Data(PackageResources.policies_json), file: "policies.json")
    return library
  }

  private init(costs: CostTable) { self.costs = costs }

  /// Adds the profiles of a file, of whatever kind; one with a known name takes its place.
  public mutating func add(_ data: Data, file: String) throws(DataError) {
    switch try ProfileReader.kind(of: data, file: file) {
    case .core: merge(try ProfileReader.profiles(data, file: file), into: &cores)
    case .radio: merge(try ProfileReader.profiles(data, file: file), into: &radios)
    case .sensor: merge(try ProfileReader.profiles(data, file: file), into: &sensors)
    case .battery:
      let read: [BatteryProfile] = try ProfileReader.profiles(data, file: file)
      merge(read.map { $0.fitted() }, into: &batteries)
    case .exchange: merge(try ProfileReader.profiles(data, file: file), into: &exchanges)
    case nil:
      let kinds = ProfileKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw DataError(
        file: file, path: "kind",
        problem: "is missing or not known in the first profile; it should be one of \(kinds)")
    }
  }

  /// Adds the policies of a file; one with a known name takes its place.
  public mutating func addPolicies(_ data: Data, file: String) throws(DataError) {
    for policy in try Policy.read(data, file: file) {
      policies.removeAll { $0.id == policy.id }
      policies.append(policy)
    }
  }

  /// Takes the instruction counts of a file in place of those inside the program.
  public mutating func useCosts(_ data: Data, file: String) throws(DataError) {
    costs = try .read(data, file: file)
  }

  /// Adds the file's content, whatever it is: profiles, policies, costs, or a battery exported by
  /// Otii, which takes its name from the file.
  public mutating func addAnything(_ data: Data, file: String) throws(DataError) {
    let root = try DataPlace(data, file: file)
    _ = try root.anyMembers()
    if root.has("policies") { return try addPolicies(data, file: file) }
    if root.has("tables") { return try useCosts(data, file: file) }
    if OtiiTable.isOne(data) {
      let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent.lowercased()
      merge([try OtiiTable.battery(data, file: file, id: name)], into: &batteries)
      return
    }
    try add(data, file: file)
  }

  /// The names of the profiles of a kind in a file, in their order.
  public static func names(in data: Data, file: String) throws(DataError) -> [String] {
    if OtiiTable.isOne(data) {
      return [URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent.lowercased()]
    }
    let root = try DataPlace(data, file: file)
    return try ProfileReader.names(in: root)
  }

  private func merge<Key>(_ new: [Profile<Key>], into list: inout [Profile<Key>]) {
    for profile in new {
      if let index = list.firstIndex(where: { $0.id == profile.id }) {
        list[index] = profile
      } else {
        list.append(profile)
      }
    }
  }
}
