import ArgumentParser
import DataFiles
import Foundation
import Results
import Scenarios
import World

/// `swiftlet replay`: all that one device did.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs one device again and prints everything that happens to it, a line each.",
    discussion: """
      With the options of `swiftlet run` that change the scenario, a seed and a device. Or with a \
      file of --out: then it is the first breach of an invariant that is shown.
      """)

  @OptionGroup(title: "The fleet and what goes wrong")
  var fleet: ScenarioOptions

  @Option(help: "The seed of the run.")
  var seed: UInt64?
  @Option(help: "The device's index, from 0.")
  var device: Int?
  @Option(help: "The name of a comparison of the scenario, instead of the scenario itself.")
  var comparison: String?

  func validate() throws {
    if let device, device < 0 { throw ValidationError("--device is \(device); it starts at 0.") }
  }

  func run() throws {
    let (scenario, seed, device) = try chosen()
    guard device < scenario.deviceCount else {
      throw CommandFailure.data(
        "--device \(device): \(scenario.name) has the devices 0 to \(scenario.deviceCount - 1)")
    }
    let output = LineOutput()
    let result = VirtualFleet(scenario: scenario, seed: seed)
      .replay(device: device) { output.write($0) }
    output.flush()
    let broken = result.broken.values.reduce(0, +)
    for breach in result.breaches { say("swiftlet: \(breach.invariant): \(breach.detail)") }
    if broken > 0 { throw CommandFailure.purpose("an invariant was broken \(broken) times") }
  }

  private func chosen() throws -> (Scenario, seed: UInt64, device: Int) {
    if let path = fleet.scenario, path.contains("/") || path.contains("."),
      let result = try resultFile(path)
    {
      return try breach(of: result, file: path)
    }
    guard let seed, let device else {
      throw ValidationError(
        "--seed and --device say what to show; only a result file has them inside.")
    }
    return (try applying(comparison, to: try fleet.load()), seed, device)
  }

  /// The result in a file, or nil where it is a scenario.
  private func resultFile(_ path: String) throws -> RunResult? {
    do {
      let bytes = try InputFile.read(
        path, "a scenario or a result", sizeMaximum: RunResult.fileSizeMaximum)
      let root = DataPlace(
        try JSONParser.parse(bytes, file: path, sizeMaximum: RunResult.fileSizeMaximum), file: path)
      return RunResult.isOne(root) ? try RunResult(root) : nil
    } catch {
      throw CommandFailure.data("\(error)")
    }
  }

  private func breach(
    of result: RunResult, file: String
  ) throws -> (Scenario, seed: UInt64, device: Int) {
    let own = try Build.id
    if result.identity.build != own {
      say("swiftlet: \(file) was written by the build \(result.identity.build), this is \(own)")
    }
    if let seed, let device {
      return (try applying(comparison, to: result.scenario), seed, device)
    }
    guard let (breach, name) = result.breaches.first else {
      throw CommandFailure.data(
        "\(file): has no breach of an invariant; say with --seed and --device what to show")
    }
    return (try applying(name, to: result.scenario), breach.seed, breach.device)
  }

  private func applying(
    _ name: String?, to scenario: Scenario
  ) throws(CommandFailure) -> Scenario {
    guard let name else {
      var alone = scenario
      alone.comparisons = []
      return alone
    }
    guard let comparison = scenario.comparisons.first(where: { $0.name == name }) else {
      let known = scenario.comparisons.map { "\"\($0.name)\"" }
      throw .data(
        "\(scenario.name): has no comparison \"\(name)\"; there are "
          + (known.isEmpty ? "none" : known.joined(separator: ", ")))
    }
    return scenario.applying(comparison)
  }
}

/// Standard output in large pieces: a trace has many lines.
private final class LineOutput {
  private var buffer: [UInt8] = []

  func write(_ line: String) {
    buffer += line.utf8
    buffer.append(0x0A)
    if buffer.count > 1 << 16 { flush() }
  }

  func flush() {
    FileHandle.standardOutput.write(Data(buffer))
    buffer.removeAll(keepingCapacity: true)
  }
}
