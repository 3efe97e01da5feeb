import ArgumentParser
import Emulator
import Foundation
import Provisioning

/// `swiftlet conformance`: the conformance kit on a board, and the peers that it needs.
struct ConformanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Runs the platform conformance kit on an emulated board, or serves its peers.",
    discussion: """
      With --board, QEMU plays the board, and the command fails if a check does. Without, it \
      serves the peers for a board of your own until it is interrupted: a TCP and a UDP echo on \
      the port, and a farewell on the next one.
      """)

  @Option(help: "The board: \(BoardModel.all.map(\.name).joined(separator: ", ")).")
  var board: BoardModel?
  @Option(help: "The ELF file (default: build/firmware/BOARD/Conformance/firmware.elf).")
  var firmware: String?
  @Option(help: "The port of the echo (default: 7007, or any with --board).")
  var port: UInt16?
  @Option(help: "How long the kit may take.")
  var patience = DurationArgument(seconds: 180)

  func validate() throws {
    // Port 1 is the one on which the kit expects nobody, and the farewell has the next one.
    if let port, !(2...65_534).contains(port) {
      throw ValidationError("--port takes a number from 2 to 65534.")
    }
  }

  func run() async throws {
    let peers: ConformancePeers
    do { peers = try await ConformancePeers(port: Int(port ?? (board == nil ? 7_007 : 0))) } catch {
      throw CommandFailure.temporary("the peers' ports cannot be opened: \(error)")
    }
    guard let board else { return try await serve(peers) }
    let image = try EmulatedImage.forConformance(of: board, port: peers.port)
    let lines: [String]
    do throws(EmulatorError) { lines = try await check(board, image) } catch {
      throw CommandFailure(error)
    }
    await peers.stop()
    guard let end = lines.last(where: { $0.hasPrefix("conformance: ") }) else {
      throw CommandFailure.purpose("the kit did not come to its end within \(patience)")
    }
    guard end.contains(" 0 failed") else {
      throw CommandFailure.purpose("the board does not keep the contract")
    }
  }

  private func serve(_ peers: ConformancePeers) async throws {
    say("swiftlet: echo at 127.0.0.1:\(peers.port), farewell at 127.0.0.1:\(peers.port + 1)")
    let interruption = Interruption()
    while !interruption.isRequested { try await Task.sleep(for: .milliseconds(100)) }
    await peers.stop()
  }

  /// Runs the kit, printing what the board says, until it has ended or taken too long.
  private func check(
    _ model: BoardModel, _ image: [UInt8]
  ) async throws(EmulatorError) -> [String] {
    let virtualBoard = try VirtualBoard(
      model, firmware: firmware ?? "build/firmware/\(model.name)/Conformance/firmware.elf",
      image: image)
    try virtualBoard.start()
    let end = ContinuousClock.now + .milliseconds(Int64(patience.interval.milliseconds))
    var lines: [String] = []
    while ContinuousClock.now < end, lines.last?.hasPrefix("conformance: ") != true {
      for line in try virtualBoard.newLines() {
        print(line)
        lines.append(line)
      }
      // Interrupted sleep only looks earlier.
      try? await Task.sleep(for: .milliseconds(20))
    }
    return lines
  }
}

extension CommandFailure {
  /// What an emulator's failure means to a script.
  init(_ error: EmulatorError) {
    switch error {
    case .file: self = .data("\(error)")
    case .noEmulator: self = .temporary("\(error)")
    case .ended: self = .purpose("\(error)")
    }
  }
}
