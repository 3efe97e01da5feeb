import Foundation
import Testing

extension IntegrationTests {
  /// `swiftlet live` with the stand-in cloud that it brings.
  @Suite(.serialized) struct LiveTests {
    @Test("25 devices live for 20 s with tokens of 8 s: nothing is lost, all tokens are renewed")
    func theCommandOfTheReadme() async throws {
      let outcome = try await Swiftlet.run(
        "live", "--devices", "25", "--duration", "20s", "--token-life", "8s", "--format", "json")
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let result = try LiveResult(outcome)
      #expect(result.devices == 25)
      #expect(result.connected == 25)
      #expect(result.configured == 25)
      #expect((19.5...40).contains(result.seconds))
      #expect(result.messages.lost == 0)
      #expect(result.messages.accepted > 0)
      #expect(result.messages.acknowledged == result.messages.accepted)
      #expect(result.messages.received >= 25)
      #expect(result.tokens.signed >= 50)
      #expect(result.tokens.refused == 0)
      #expect(result.tokens.devicesRefreshed == 25)
      #expect(result.connects.full == 25)
      #expect(result.connects.resumed >= 25)
      #expect(result.connects.failed == 0)
      #expect(result.bytes.sent > 0 && result.bytes.received > 0)
      #expect(result.failures.isEmpty)
      #expect(result.reproduce.hasPrefix("swiftlet live --devices 25 --duration 20s "))
      #expect(result.reproduce.contains("--seed "))
      #expect(!outcome.errors.contains("{"))
      #expect(outcome.errors.contains("25/25 online"), "no progress on standard error")
    }

    @Test("A cloud that does not resume sessions is met with full handshakes")
    func noResumption() async throws {
      let run = try await Swiftlet.live(
        "--devices", "3", "--duration", "6s", "--token-life", "4s", "--no-resumption")
      #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
      #expect(run.result.connects.full >= 6)
      #expect(run.result.connects.resumed == 0)
      #expect(run.result.reproduce.contains(" --no-resumption "))
    }

    @Test("A live run makes nothing but its result when asked to be quiet")
    func quiet() async throws {
      let run = try await Swiftlet.live("--devices", "3", "--duration", "2s")
      #expect(run.outcome.exitCode == 0)
      #expect(run.outcome.errors.isEmpty)
    }

    @Test("The command that reproduces a run is one that the program takes")
    func reproduction() async throws {
      let first = try await Swiftlet.live(
        "--devices", "2", "--duration", "2s", "--interval", "250ms", "--qos", "0")
      let words = first.result.reproduce.split(separator: " ").dropFirst().map(String.init)
      let second = try await Swiftlet.run(words + ["--format", "json", "--quiet"])
      #expect(second.exitCode == 0, "\(second.errors)")
      #expect(try LiveResult(second).reproduce == first.result.reproduce)
    }

    @Test("The result is a table unless JSON is asked for")
    func table() async throws {
      let outcome = try await Swiftlet.run("live", "--devices", "2", "--duration", "1s", "--quiet")
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      for word in ["devices", "messages", "lost: 0", "tokens", "again", "--seed"] {
        #expect(outcome.output.contains(word))
      }
    }

    @Test(
      "Devices with either kind of key live with either kind of server chain",
      arguments: ["jwt-es256", "jwt-rs256"], KeyType.allCases)
    func combinations(auth: String, chain: KeyType) async throws {
      let run = try await Swiftlet.live(
        "--devices", "5", "--duration", "6s", "--token-life", "5s", "--auth", auth,
        "--server-chain", chain.rawValue)
      #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
      #expect(run.result.connected == 5)
      #expect(run.result.configured == 5)
      #expect(run.result.messages.lost == 0)
      #expect(run.result.tokens.devicesRefreshed == 5)
      #expect(run.result.tokens.refused == 0)
    }

    @Test("Ctrl-C ends a fleet in good order: a summary, nothing lost, exit code 0")
    func interruption() async throws {
      let fleet = try Swiftlet.start([
        "live", "--devices", "5", "--duration", "10m", "--format", "json",
      ])
      try await wait(for: "all devices to be online") {
        guard fleet.isRunning else { throw Failure(try fleet.errors) }
        return try fleet.errors.contains("5/5 online")
      }
      fleet.signal(SIGINT)
      let outcome = try await fleet.outcome()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("ending in good order"))
      let result = try LiveResult(outcome)
      #expect(result.connected == 5)
      #expect(result.messages.lost == 0)
      #expect(result.messages.acknowledged > 0)
      #expect(result.seconds < 300)
    }
  }
}
