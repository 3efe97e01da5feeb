import ArgumentParser
import Cloud
import Emulator
import Foundation
import Provisioning
import Units

/// `swiftlet emulate`: the real firmware on an emulated board, against the stand-in cloud.
struct Emulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Boots firmware on an emulated board against the stand-in cloud, and makes trouble.",
    discussion: """
      The firmware is what is flashed to the board; QEMU plays the board. The device gets a new \
      key, the stand-in cloud's root and a seed in its image. The command succeeds if the wanted \
      number of messages arrives, a token is renewed, the board recovers from each --fault, its \
      watchdog never bites, and no message number is missing at the end.
      """)

  @Option(help: "The board: \(BoardModel.all.map(\.name).joined(separator: ", ")).")
  var board: BoardModel
  @Option(help: "The ELF file (default: build/firmware/BOARD/firmware.elf).")
  var firmware: String?
  @Option(help: "How many messages have to be acknowledged before the first fault.")
  var messages = 10
  @Option(help: "How long a token lives, 8s to 24h.")
  var tokenLife = DurationArgument(seconds: 20)
  @Option(help: "How the device proves who it is: jwt-es256 or jwt-rs256.")
  var auth: Authentication = .jwtES256
  @Option(help: "The keys in the stand-in cloud's certificates: rsa or ec.")
  var serverChain: KeyKind = .rsa
  @Option(help: "Trouble to make, one after the other: \(Fault.list).")
  var fault: [Fault] = []
  @Option(help: "How long the cable is pulled, or the cloud is down.")
  var outage = DurationArgument(seconds: 60)
  @Option(help: "How long the board may take for each step.")
  var patience = DurationArgument(seconds: 180)
  @Option(help: "A file for the result, in JSON.")
  var out: String?
  @Option(help: "A file with instruction counts, as the measuring firmware prints them, for --out.")
  var instructions: String?
  @Option(help: "An option for QEMU, such as --qemu=-icount --qemu=shift=0.")
  var qemu: [String] = []
  @Flag(name: .shortAndLong, help: "Do not show the board's console.")
  var quiet = false

  func validate() throws {
    guard (1...1_000_000).contains(messages) else {
      throw ValidationError("--messages takes a number from 1 to 1000000.")
    }
    let life = tokenLife.interval
    guard life >= Interval(seconds: 8), life <= Interval(seconds: 86_400) else {
      throw ValidationError("--token-life takes 8s to 24h.")
    }
  }

  func run() async throws {
    let counts = try instructions.map(readCounts)
    let identity = try DeviceIdentity.generate(id: "thermometer-1", algorithm: auth.algorithm)
    let fleet = FleetDescription(
      project: "swiftlet", region: "loopback", registry: "boards", algorithm: auth.algorithm,
      devices: [identity.id])
    var options = CloudOptions()
    options.chain = serverChain
    let cloud = try await Cloud.standIn(options, for: fleet, [identity])
    let emulation: Emulation
    do {
      let virtualBoard = try VirtualBoard(
        board, firmware: firmware ?? "build/firmware/\(board.name)/firmware.elf",
        image: try EmulatedImage.make(
          of: identity, in: fleet, for: board, mqttPort: cloud.mqttPort, sntpPort: cloud.sntpPort,
          roots: cloud.rootCertificates, tokenLifeSeconds: tokenLife.interval.seconds),
        arguments: qemu)
      emulation = Emulation(
        board: virtualBoard, cloud: cloud, device: identity.id,
        patience: .milliseconds(Int64(patience.interval.milliseconds)), showsConsole: !quiet)
      try await emulation.start()
      try await emulation.reach(messages: messages)
      for fault in fault {
        try await emulation.suffer(
          fault, outage: .milliseconds(Int64(outage.interval.milliseconds)))
      }
      try await emulation.settle()
    } catch let error as EmulatorError {
      await cloud.stop()
      throw CommandFailure(error)
    } catch {
      await cloud.stop()
      throw error
    }
    await cloud.stop()
    let summary = EmulationSummary(emulation, faults: fault, instructions: counts)
    if let out { try write(summary, to: out) }
    print(summary.text)
    if let shortcoming = summary.shortcoming { throw CommandFailure.purpose(shortcoming) }
  }

  private func readCounts(_ path: String) throws -> [String: Int] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure.data("\(path): cannot be read; `make measure` makes such a file")
    }
    guard let counts = try? JSONDecoder().decode([String: Int].self, from: data) else {
      throw CommandFailure.data(
        "\(path): is malformed; it should be a JSON object of whole numbers")
    }
    return counts
  }

  private func write(_ summary: EmulationSummary, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      try (encoder.encode(summary) + Data("\n".utf8)).write(to: URL(filePath: path))
    } catch {
      throw CommandFailure.data("\(path): cannot be written")
    }
  }
}

extension BoardModel: ExpressibleByArgument {
  /// The board of that name.
  public init?(argument: String) {
    guard let model = Self.all.first(where: { $0.name == argument }) else { return nil }
    self = model
  }
}
