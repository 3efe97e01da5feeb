import ArgumentParser
import Energy
import Foundation

/// The parts of a device on the command line: names of profiles, or files.
struct DeviceOptions: ParsableArguments {
  @Option(help: "A core, or a file with one; several are compared (default: nrf52840).")
  var core: [String] = []
  @Option(help: "A radio, or a file with one; several are compared (default: nb-iot-rai).")
  var radio: [String] = []
  @Option(
    help: """
      A battery, or a file with one, also as Otii exports it; several are compared \
      (default: 3xaa-alkaline).
      """)
  var battery: [String] = []
  @Option(help: "A sensor, or a file with one.")
  var sensor = "sht40"

  static let defaults = (core: "nrf52840", radio: "nb-iot-rai", battery: "3xaa-alkaline")

  private var cores: [String] { core.isEmpty ? [Self.defaults.core] : core }
  private var radios: [String] { radio.isEmpty ? [Self.defaults.radio] : radio }
  private var batteries: [String] { battery.isEmpty ? [Self.defaults.battery] : battery }

  /// Every core with every radio and battery.
  func devices(
    _ library: inout ProfileLibrary, behaviour: BehaviourOptions, setting: String?
  ) throws -> [(DeviceParts, BatteryProfile)] {
    let cores = try cores.map { try Self.find($0, "--core", \.cores, &library) }
    let radios = try radios.map { try Self.find($0, "--radio", \.radios, &library) }
    let cells = try batteries.map { try Self.find($0, "--battery", \.batteries, &library) }
    let sensor = try oneSensor(&library)
    guard var exchange = library.exchanges.last else {
      throw CommandFailure.data("there is no profile of kind exchange")
    }
    if let seconds = behaviour.timeSyncSeconds {
      exchange = exchange.setting(.timeSecondsBetween, to: seconds)
    }
    var devices: [(DeviceParts, BatteryProfile)] = []
    for core in cores {
      let entry = try Self.entry(for: core, library.costs, setting)
      for radio in radios {
        for cell in cells {
          var parts = DeviceParts(
            core: core, radio: radio, sensor: sensor, exchange: exchange, costs: library.costs,
            entry: entry)
          parts.isAcknowledged = behaviour.qos == 1
          devices.append((parts, cell))
        }
      }
    }
    return devices
  }

  func firstCore(_ library: inout ProfileLibrary) throws -> CoreProfile {
    try Self.find(cores[0], "--core", \.cores, &library)
  }

  func oneSensor(_ library: inout ProfileLibrary) throws -> SensorProfile {
    try Self.find(sensor, "--sensor", \.sensors, &library)
  }

  private static func entry(
    for core: CoreProfile, _ costs: CostTable, _ setting: String?
  ) throws -> CostTable.Entry {
    let code = core.words["instructionsOf"] ?? ""
    if let entry = costs.entry(core: code, setting: setting) { return entry }
    let known = costs.entries.map { "\($0.core) \($0.setting)" }.joined(separator: ", ")
    throw CommandFailure.data(
      "\(core.id): instructionsOf is \"\(code)\""
        + (setting.map { " and --setting is \"\($0)\"" } ?? "")
        + "; the cost table has \(known)")
  }

  /// Finds a profile by its name, or in a file if the argument looks like one.
  private static func find<Key>(
    _ argument: String, _ option: String, _ list: KeyPath<ProfileLibrary, [Profile<Key>]>,
    _ library: inout ProfileLibrary
  ) throws -> Profile<Key> {
    var id = argument
    if argument.contains("/") || argument.hasSuffix(".json") {
      let data = try ProfileOptions.read(argument, "a profile in JSON")
      try library.addAnything(data, file: argument)
      let names = try ProfileLibrary.names(in: data, file: argument)
      guard let first = names.first, names.count == 1 else {
        throw CommandFailure.data(
          "\(argument): has \(names.count) profiles; \(option) takes a file with one "
            + "(--profiles takes any number)")
      }
      id = first
    }
    if let found = library[keyPath: list].first(where: { $0.id == id }) { return found }
    let names = library[keyPath: list].map(\.id).joined(separator: ", ")
    throw ValidationError(
      "\(option) is '\(argument)', which is not a \(Key.kind.rawValue); there are \(names), and a "
        + "file of your own.")
  }

  var words: [String] {
    cores.map { "--core \($0)" } + radios.map { "--radio \($0)" }
      + batteries.map { "--battery \($0)" } + ["--sensor \(sensor)"]
  }
}
