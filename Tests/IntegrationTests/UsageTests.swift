import Testing

extension IntegrationTests {
  /// Wrong usage: exit code 64, a line that helps, and nothing done.
  @Suite(.serialized) struct UsageTests {
    /// Arguments that are wrong, and what the complaint has to name.
    struct Mistake: Sendable, CustomTestStringConvertible {
      let arguments: [String]
      let names: String

      init(_ arguments: String..., names: String) {
        self.arguments = arguments
        self.names = names
      }

      var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let mistakes = [
      Mistake("fly", names: "fly"),
      Mistake("live", "--colour", names: "--colour"),
      Mistake("live", "--devices", "0", names: "1 to 100000"),
      Mistake("live", "--devices", "100001", names: "1 to 100000"),
      Mistake("live", "--devices", "many", names: "--devices"),
      Mistake("live", "--duration", "20", names: "--duration"),
      Mistake("live", "--duration", "0s", names: "--duration"),
      Mistake("live", "--token-life", "1s", names: "4s to 24h"),
      Mistake("live", "--token-life", "25h", names: "4s to 24h"),
      Mistake("live", "--qos", "2", names: "0 or 1"),
      Mistake("live", "--auth", "password", names: "jwt-es256"),
      Mistake("live", "--server-chain", "dsa", names: "rsa"),
      Mistake("live", "--format", "xml", names: "json"),
      Mistake("live", "--broker", "tcp://x", "--identities", "y", names: "mqtts://"),
      Mistake("live", "--broker", "mqtts://x:0", "--identities", "y", names: "mqtts://"),
      Mistake("live", "--broker", "mqtts://x", names: "--identities"),
      Mistake("live", "--ca", "roots.pem", names: "--broker"),
      Mistake(
        "live", "--broker", "mqtts://x", "--identities", "y", "--no-resumption",
        names: "--no-resumption"),
      Mistake("live", "--interval", "1ms", names: "10ms"),
      Mistake("live", "--messages-per-hour", "0", names: "--messages-per-hour"),
      Mistake("live", "--messages-per-hour", "1e-300", names: "0.001"),
      Mistake("live", "--connect-spread", "1h", names: "--duration"),
      Mistake("live", "--connect-rate", "200", names: "--connect-rate"),
      Mistake("live", "--connect-rate", "0/s", names: "--connect-rate"),
      Mistake("live", "--connect-rate", "1/s", names: "--duration"),
      Mistake(
        "live", "--connect-rate", "9/s", "--connect-spread", "1s", names: "--connect-spread"),
      Mistake("live", "--max-in-handshake", "0", names: "1 to 100000"),
      Mistake("live", "--source-address", "127.0.0.2,", names: "--source-address"),
      Mistake("live", "--source-address", "10.255.255.254", names: "not an address of this"),
      Mistake("live", "--metrics-listen", "127.0.0.1", names: "--metrics-listen"),
      Mistake("live", "--metrics-listen", "70000", names: "--metrics-listen"),
      Mistake(
        "live", "--interval", "1s", "--messages-per-hour", "60", names: "--messages-per-hour"),
      Mistake("energy", "--core", "z80", names: "nrf52840"),
      Mistake("energy", "--radio", "smoke", names: "nb-iot-rai"),
      Mistake("energy", "--battery", "potato", names: "cr2032"),
      Mistake("energy", "--sensor", "nose", names: "sht40"),
      Mistake("energy", "--policy", "none", names: "mtls-kept"),
      Mistake("energy", "--auth", "password", names: "sigv4"),
      Mistake("energy", "--policy", "mtls-kept", "--auth", "sigv4", names: "--auth"),
      Mistake("energy", "--interval", "0s", names: "100ms to 30d"),
      Mistake("energy", "--batch", "0", names: "1 to 10000"),
      Mistake("energy", "--payload", "-1", names: "--payload"),
      Mistake("energy", "--qos", "2", names: "0 or 1"),
      Mistake("energy", "--keep-alive", "2d", names: "65535s"),
      Mistake("energy", "--temperature", "400", names: "-60 to 120"),
      Mistake("energy", "--list", "--schema", names: "one at a time"),
      Mistake("energy", "--list", "--report", "x.html", names: "--report"),
      Mistake("provision", names: "<folder>"),
      Mistake("provision", "", names: "folder"),
      Mistake("provision", "never-made", "--devices", "0", names: "1 to 100000"),
      Mistake("provision", "never-made", "--prefix", "9", names: "--prefix"),
      Mistake("provision", "never-made", "--prefix", "a/b", names: "--prefix"),
      Mistake("cloud", names: "--identities"),
      Mistake("cloud", "--identities", "y", "--port", "99999", names: "--port"),
      Mistake("run", "--devices", "0", names: "1 to 1000000"),
      Mistake("run", "--duration", "20", names: "--duration"),
      Mistake("run", "--duration", "101y", names: "1s to 100y"),
      Mistake("run", "--seed", "-1", names: "--seed"),
      Mistake("run", "--seed", "1", "--seeds", "1..2", names: "--seeds"),
      Mistake("run", "--seeds", "5..1", names: "--seeds"),
      Mistake("run", "--seeds", "1-5", names: "--seeds"),
      Mistake("run", "--shard", "4/4", names: "--shard"),
      Mistake("run", "--shard", "0/1", "--shards", "2", names: "--shards"),
      Mistake("run", "--jobs", "0", names: "--jobs"),
      Mistake("run", "--fault", "flood", names: "power-cut"),
      Mistake("run", "--fault", "loss=2", names: "--fault"),
      Mistake("run", "--fail-if", "messages.lost", names: "--fail-if"),
      Mistake("run", "--format", "xml", names: "jsonl"),
      Mistake("run", "--time-limit", "0s", names: "1s"),
      Mistake("run", "--list", "--schema", names: "one at a time"),
      Mistake("replay", "swarm", names: "--device"),
      Mistake("replay", "swarm", "--seed", "1", "--device", "-1", names: "--device"),
      Mistake("merge", "--out", "x.json", names: "<shard>"),
      Mistake("merge", "a.json", names: "--out"),
      Mistake("report", "r.json", names: "--out"),
      Mistake("doctor", "--devices", "0", names: "--devices"),
      Mistake("doctor", "--devices", "9223372036854775807", names: "--devices"),
    ]

    @Test("Wrong usage is exit code 64 with a line that says what is wrong", arguments: mistakes)
    func mistake(_ mistake: Mistake) async throws {
      let outcome = try await Swiftlet.run(mistake.arguments)
      #expect(outcome.exitCode == 64)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains(mistake.names), "\(outcome.errors)")
      #expect(outcome.errors.contains("Usage: swiftlet"))
    }

    @Test(
      "Each command explains itself",
      arguments: [
        "live", "run", "replay", "merge", "report", "energy", "cloud", "provision", "doctor",
      ])
    func help(command: String) async throws {
      let outcome = try await Swiftlet.run(command, "--help")
      #expect(outcome.exitCode == 0)
      #expect(outcome.output.contains("USAGE: swiftlet \(command)"))
      #expect(outcome.errors.isEmpty)
    }
  }
}
