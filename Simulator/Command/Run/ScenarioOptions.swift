import ArgumentParser
import DataFiles
import Energy
import Foundation
import Scenarios
import World

/// What a run is made of: a scenario and the options that change it.
struct ScenarioOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A scenario: a name of --list, or a JSON file (default: 12 messages an hour, no faults).",
      valueName: "scenario"))
  var scenario: String?
  @Option(
    name: [.customShort("n"), .long], help: "The number of devices, 1 to 1000000.")
  var devices: Int?
  @Option(help: "How long the devices live, such as 30m, 36h or 5y.")
  var duration: DurationArgument?
  @Option(
    help: ArgumentHelp(
      "Add a kind of fault at random moments, for each device with probability p; also swarm.",
      valueName: "name[=p]"))
  var fault: [FaultArgument] = []
  @Flag(help: "Leave out the scenario's own faults.")
  var noFaults = false

  func validate() throws {
    if let devices, !Scenario.deviceCountRange.contains(devices) {
      throw ValidationError("--devices is \(devices); it should be 1 to 1000000.")
    }
    if let duration, !Scenario.durationRange.contains(duration.interval) {
      throw ValidationError("--duration is \(duration); it should be 1s to 100y.")
    }
  }

  /// The scenario with the options applied.
  ///
  /// - Parameter devicesForSeeds: The devices where many seeds are run and no option says how many.
  func load(devicesForSeeds: Int? = nil) throws(CommandFailure) -> Scenario {
    var loaded: Scenario
    do { loaded = try read() } catch { throw .data("\(error)") }
    if let devices {
      loaded.deviceCount = devices
    } else if let devicesForSeeds {
      loaded.deviceCount = min(loaded.deviceCount, devicesForSeeds)
    }
    if let duration { loaded.duration = duration.interval }
    if noFaults {
      loaded.faults = []
      loaded.hasSwarm = false
    }
    for argument in fault {
      switch argument.what {
      case .swarm: loaded.hasSwarm = true
      case .kind(let kind, let probability):
        loaded.faults.append(.random(kind, probability: probability, within: loaded.duration))
      }
    }
    try Self.checkProfiles(of: loaded)
    do {
      try VirtualFleet.check(loaded)
      for comparison in loaded.comparisons { try VirtualFleet.check(loaded.applying(comparison)) }
    } catch {
      throw .data("\(loaded.name): \(error)")
    }
    return loaded
  }

  private func read() throws(DataError) -> Scenario {
    let name = scenario ?? "default"
    if let known = try ScenarioLibrary.scenario(name) { return known }
    guard name.contains("/") || name.contains(".") else {
      throw DataError(
        file: name,
        problem: "is no scenario; there are \(ScenarioLibrary.names.joined(separator: ", ")), or a "
          + "path to a JSON file")
    }
    return try Scenario(InputFile.read(name, "a scenario in JSON"), file: name)
  }

  /// Refuses names of profiles that the energy model does not know.
  private static func checkProfiles(of scenario: Scenario) throws(CommandFailure) {
    let library: ProfileLibrary
    do { library = try ProfileLibrary.builtIn() } catch { throw .data("\(error)") }
    let models = [scenario.device] + scenario.comparisons.map(\.device)
    for energy in models.compactMap(\.energy) {
      for (key, name, known) in [
        ("core", energy.core, library.cores.map(\.id)),
        ("radio", energy.radio, library.radios.map(\.id)),
        ("sensor", energy.sensor, library.sensors.map(\.id)),
        ("battery", energy.battery ?? "", library.batteries.map(\.id) + [""]),
      ] where !known.contains(name) {
        throw .data(
          "\(scenario.name): device.energy.\(key): is \"\(name)\"; there are "
            + known.filter { !$0.isEmpty }.joined(separator: ", "))
      }
    }
  }

  /// The words that give the same scenario again, as a shell takes them.
  func words(of loaded: Scenario) -> String {
    wordList(of: loaded).map(ShellWord.quoted).joined(separator: " ")
  }

  /// The words that give the same scenario again.
  func wordList(of loaded: Scenario) -> [String] {
    var words = [scenario ?? "default", "--devices", "\(loaded.deviceCount)"]
    if let duration { words += ["--duration", "\(duration)"] }
    if noFaults { words.append("--no-faults") }
    for fault in fault { words += ["--fault", "\(fault)"] }
    return words
  }
}
