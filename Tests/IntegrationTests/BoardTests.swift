import Foundation
import Testing

extension IntegrationTests {
  /// The real firmware on emulated boards, as `make firmware` has built it.
  @Suite struct BoardTests {
    private struct Result: Decodable {
      var board: String
      var acknowledged: Int
      var missing: Int
      var recovered: Int?
      var tokensSigned: Int
      var connectsResumed: Int
      var boots: Int
      var heapPeakBytes: Int
      var heapSizeBytes: Int
      var stackPeakBytes: Int
      var stackSizeBytes: Int
      var ramTotalBytes: Int
      var stateRecord: String?
      var instructions: [String: Int]?
    }

    private func emulate(
      _ board: String, _ arguments: [String], folder: TemporaryFolder
    ) async throws -> Result {
      let firmware = Self.root + "/build/firmware/\(board)/firmware.elf"
      try #require(
        FileManager.default.fileExists(atPath: firmware), "run `make firmware BOARD=\(board)`")
      let out = folder.file("run.json")
      let run = try Swiftlet.start(
        ["emulate", "--board", board, "--firmware", firmware, "--out", out] + arguments)
      let outcome = try await run.outcome(atMost: .seconds(900))
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      return try JSONDecoder().decode(Result.self, from: Data(contentsOf: URL(filePath: out)))
    }

    private static let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    private static let everyFault = [
      "power-cut", "cable", "cloud-outage", "clock-ahead", "clock-behind", "expired-certificate",
    ].flatMap { ["--fault", $0] }

    @Test("64 KB of RAM: all of the way, a renewal by resumption, and whatever goes wrong")
    func theSmallBoardRecoversFromEverything() async throws {
      let folder = try TemporaryFolder()
      try folder.write(#"{"es256Sign": 1, "extra": 2}"#, to: "counts")
      let result = try await emulate(
        "lm3s6965evb",
        ["--messages", "5", "--outage", "8s", "--instructions", folder.file("counts")]
          + Self.everyFault,
        folder: folder)
      #expect(result.board == "lm3s6965evb")
      #expect(result.acknowledged >= 5 + 6 * 3)
      #expect(result.missing == 0)
      #expect(result.tokensSigned >= 2)
      #expect(result.connectsResumed >= 1)
      // A reset for each of three faults, and never one by itself.
      #expect(result.boots == 4)
      #expect(result.ramTotalBytes <= 65_536)
      #expect(result.heapPeakBytes <= result.heapSizeBytes)
      #expect(result.stackPeakBytes <= result.stackSizeBytes * 3 / 4)
      #expect(result.instructions == ["es256Sign": 1, "extra": 2])
      // What the board says of its time in states is what the battery model reads.
      try folder.write(try #require(result.stateRecord) + "\n", to: "times")
      let charge = try await Swiftlet.run(
        "energy", "--times", folder.file("times"), "--core", "nrf52840")
      #expect(charge.exitCode == 0, "\(charge.errors)")
      #expect(charge.output.contains("sleep"), "\(charge.output)")
    }

    @Test("killed and started again on the same flash, with an EC chain and an RSA key")
    func theLargeBoardSurvivesPowerCuts() async throws {
      let folder = try TemporaryFolder()
      let result = try await emulate(
        "mps2-an386",
        [
          "--messages", "5", "--server-chain", "ec", "--auth", "jwt-rs256", "--fault", "power-cut",
          "--fault", "power-cut", "--fault", "cable", "--outage", "8s",
        ], folder: folder)
      #expect(result.boots == 3)
      #expect(result.missing == 0)
      #expect(result.connectsResumed >= 1)
    }

    /// The numbers of the second boot begin anew, and stay below those of the first.
    @Test(arguments: ["mps2-an386", "lm3s6965evb"])
    func acceptedMessagesSurviveAPowerCut(board: String) async throws {
      let folder = try TemporaryFolder()
      let result = try await emulate(
        board, ["--messages", "60", "--fault", "power-cut-offline", "--outage", "10s"],
        folder: folder)
      #expect(result.boots == 2)
      #expect(result.recovered ?? 0 > 1)
      #expect(result.missing == 0)
    }

    @Test func theBoardsKeepTheContract() async throws {
      for board in ["lm3s6965evb", "mps2-an386"] {
        let firmware = Self.root + "/build/firmware/\(board)/Conformance/firmware.elf"
        try #require(
          FileManager.default.fileExists(atPath: firmware), "run `make conformance BOARD=\(board)`")
        let outcome = try await Swiftlet.run(
          "conformance", "--board", board, "--firmware", firmware)
        let failed = outcome.output.split(separator: "\n").filter { $0.hasPrefix("FAILED") }
        // On one line, so that it shows among what `make test` prints.
        #expect(failed.isEmpty, "\(board): \(failed.joined(separator: ", "))")
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.contains("0 failed, 0 skipped"))
      }
    }

    @Test func saysWhatIsWrong() async throws {
      let folder = try TemporaryFolder()
      var outcome = try await Swiftlet.run("emulate", "--board", "toaster")
      #expect(outcome.exitCode == 64)
      outcome = try await Swiftlet.run(
        "emulate", "--board", "mps2-an386", "--firmware", folder.file("nothing"))
      #expect(outcome.exitCode == 65)
      #expect(outcome.saysOnly("there is no such file; `make firmware BOARD=mps2-an386` makes it"))
      try folder.write("no program", to: "text")
      outcome = try await Swiftlet.run(
        "emulate", "--board", "mps2-an386", "--firmware", folder.file("text"))
      #expect(outcome.exitCode == 65)
      #expect(outcome.saysOnly("is no ELF file; it should be the firmware of mps2-an386"))
      for port in ["1", "65535"] {
        outcome = try await Swiftlet.run("conformance", "--port", port)
        #expect(outcome.exitCode == 64)
      }
      try folder.write("[]", to: "counts")
      outcome = try await Swiftlet.run(
        "emulate", "--board", "mps2-an386", "--instructions", folder.file("counts"))
      #expect(outcome.exitCode == 65)
      #expect(outcome.saysOnly("should be a JSON object of whole numbers"))
    }

    /// A device with no image, with a broken one, and without a seed.
    @Test func refusesToStartWithoutIdentityOrSeed() async throws {
      let folder = try TemporaryFolder()
      let firmware = Self.root + "/build/firmware/mps2-an386/firmware.elf"
      try #require(
        FileManager.default.fileExists(atPath: firmware), "run `make firmware BOARD=mps2-an386`")
      let authority = try await CertificateMaker()
      try await Swiftlet.provision(1, in: folder.file("fleet"))
      let made = try await Swiftlet.run(
        "provision", "image", folder.file("fleet"), "--device", "device-0", "--cloud", "10.0.2.2",
        "--time-server", "10.0.2.2", "--roots", authority.rootPath, "--size", "131072",
        "--state-block",
        "4096", "--state-blocks", "16", "--out", folder.file("image"))
      #expect(made.exitCode == 0, "\(made.errors)")
      let image = try [UInt8](Data(contentsOf: URL(filePath: folder.file("image"))))
      var wrong = image
      wrong[100] ^= 1
      let unseeded = Array(image[..<65_536]) + [UInt8](repeating: 0xFF, count: 65_536)
      let empty = [UInt8](repeating: 0xFF, count: 131_072)
      for (bytes, words) in [
        (empty, "there is none; `swiftlet provision image` makes one"),
        (wrong, "its checksum is wrong"), (unseeded, "there is no seed in its state region"),
      ] {
        let console = try await boot(firmware, bytes, in: folder)
        #expect(console.contains("refused: the device image: \(words)"), "\(console)")
      }
    }

    /// Boots a board with `flash` until it has said a line that begins with "refused".
    private func boot(
      _ firmware: String, _ flash: [UInt8], in folder: TemporaryFolder
    ) async throws -> String {
      let file = URL(filePath: folder.file("flash"))
      try Data(flash).write(to: file)
      let handle = try FileHandle(forUpdating: file)
      try handle.truncate(atOffset: 16_777_216)
      try handle.close()
      let emulator = try ChildProcess(
        "/usr/bin/qemu-system-arm",
        [
          "-M", "mps2-an386,memory-backend=flash", "-display", "none", "-monitor", "none",
          "-serial", "stdio", "-kernel", firmware, "-object",
          "memory-backend-file,id=flash,share=on,size=16777216,mem-path=\(file.path)",
        ])
      try await wait(for: "the board's refusal", atMost: .seconds(60)) {
        try emulator.output.contains("refused")
          && emulator.output.hasSuffix("\n")
      }
      emulator.signal(SIGKILL)
      return try emulator.output
    }
  }
}
