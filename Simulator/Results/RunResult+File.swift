public import DataFiles
import Scenarios

extension RunResult {
  /// The bytes that a result file may have.
  public static var fileSizeMaximum: Int { 64 << 20 }
  /// The version of the file's form that this program reads and writes.
  public static var schema: Int { 1 }
  /// The shards that a run may have.
  public static var shardCountMaximum: Int { 100_000 }

  /// The content of the file of `--out`: equal results give equal bytes.
  public var fileText: String {
    let members: [String: JSON] = [
      "schema": .integer(UInt64(identity.schema)), "run": identity.json,
      "scenario": scenario.json, "fleet": fleet.json,
      "comparisons": .list(
        comparisons.map { .object(["name": .text($0.name), "fleet": $0.fleet.json]) }),
    ]
    return JSON.object(members).lines + "\n"
  }

  /// Whether a file is a result, whatever its content is worth; a scenario is none.
  public static func isOne(_ root: DataPlace) -> Bool {
    let keys = (try? root.anyMembers().map(\.key)) ?? []
    return keys.contains("fleet") && keys.contains("run")
  }

  /// Reads a file of `--out`.
  ///
  /// - Throws: A complaint that names file, line, key, and what would be right.
  public init(_ bytes: [UInt8], file: String) throws(DataError) {
    let root = try JSONParser.parse(bytes, file: file, sizeMaximum: Self.fileSizeMaximum)
    try self.init(DataPlace(root, file: file))
  }

  /// Reads a result out of a file that was parsed before.
  public init(_ root: DataPlace) throws(DataError) {
    let keys = ["schema", "run", "scenario", "fleet", "comparisons"]
    let known = try root.anyMembers().first { $0.key == "schema" }
    // The version first: of another one, the keys may rightly be others.
    if let version = known?.place {
      _ = try version.integer(in: Self.schema...Self.schema, "the version of the file's form")
    }
    let members = try root.members(allowed: keys)
    func member(_ key: String) throws(DataError) -> DataPlace {
      guard let member = members[key] else {
        throw root.missing(key, "part of a file that swiftlet run --out wrote")
      }
      return member
    }
    _ = try member("schema")
    let scenario = try Scenario(try member("scenario"))
    let run = try member("run")
    let identity = try RunIdentity(run, scenario: scenario)
    let fleet = try Self.fleet(try member("fleet"), identity, of: scenario)
    var comparisons: [NamedFleetResult] = []
    let list = try member("comparisons")
    for item in try list.items(countMaximum: 8) {
      let parts = try item.members(allowed: ["name", "fleet"])
      guard let name = parts["name"], let content = parts["fleet"] else {
        throw item.missing(parts["name"] == nil ? "name" : "fleet", "part of a comparison")
      }
      comparisons.append(
        NamedFleetResult(
          name: try name.text("the comparison's name"),
          fleet: try Self.fleet(content, identity, of: scenario)))
    }
    guard comparisons.map(\.name) == scenario.comparisons.map(\.name) else {
      throw list.error("should be those of the scenario, in its order")
    }
    self.init(
      identity: identity, scenario: scenario, fleet: fleet, comparisons: comparisons)
  }

  private static func fleet(
    _ place: DataPlace, _ identity: RunIdentity, of scenario: Scenario
  ) throws(DataError) -> FleetResult {
    let fleet = try FleetResult(place)
    let (wanted, overflow) = identity.seedCount.multipliedReportingOverflow(
      by: UInt64(identity.devicesOfShard))
    guard !overflow, UInt64(fleet.devices) == wanted else {
      throw place.error("has \(fleet.devices) devices; by run there should be \(wanted)")
    }
    return fleet
  }
}

extension RunIdentity {
  /// The number of seeds.
  public var seedCount: UInt64 { UInt64.sum(lastSeed - firstSeed, 1) }

  fileprivate var json: JSON {
    .object([
      "build": .text(build), "arguments": .text(arguments),
      "scenarioHash": .text(scenarioHash),
      "firstSeed": .integer(firstSeed), "lastSeed": .integer(lastSeed),
      "shard": .integer(UInt64(shard)), "shardCount": .integer(UInt64(shardCount)),
    ])
  }

  fileprivate init(_ place: DataPlace, scenario: Scenario) throws(DataError) {
    let keys = [
      "build", "arguments", "scenarioHash", "firstSeed", "lastSeed", "shard", "shardCount",
    ]
    let members = try place.members(allowed: keys)
    func member(_ key: String) throws(DataError) -> DataPlace {
      guard let member = members[key] else { throw place.missing(key, "part of what was run") }
      return member
    }
    let first: UInt64 = try member("firstSeed").integer(in: 0...UInt64.max, "the first seed")
    let last: UInt64 = try member("lastSeed").integer(in: first...UInt64.max, "the last seed")
    let count = try member("shardCount").integer(
      in: 1...RunResult.shardCountMaximum, "the number of shards")
    let shard = try member("shard").integer(in: 0...(count - 1), "the shard, counted from 0")
    let build = try member("build").text("what tells builds apart")
    let arguments = try member("arguments").text("the words that gave the scenario")
    self.init(
      build: build, arguments: arguments, scenario: scenario, seeds: first...last, shard: shard,
      shardCount: count)
    let hash = try member("scenarioHash")
    guard try hash.text("the scenario's hash") == scenarioHash else {
      throw hash.error("is \(hash.kind); the scenario in this file has \(scenarioHash)")
    }
  }
}
