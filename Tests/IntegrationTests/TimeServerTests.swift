import Glibc
import Testing

extension IntegrationTests {
  /// Where the devices get the time.
  @Suite(.serialized) struct TimeServerTests {
    @Test(
      "Devices take the time from chrony", .enabled(if: Peers.areInstalled(Peers.timeServer)))
    func chrony() async throws {
      let server = try await ChronyServer()
      let run = try await Swiftlet.live(
        "--devices", "5", "--duration", "3s", "--time-server", "127.0.0.1:\(server.port)")
      extendLifetime(server)
      #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
      #expect(run.result.connected == 5)
      #expect(run.result.tokens.signed == 5)
    }

    @Test("Without the time nothing is signed, and the run ends early and says so")
    func deadServer() async throws {
      let run = try await Swiftlet.live(
        "--devices", "5", "--duration", "5m", "--time-server",
        "127.0.0.1:\(try LoopbackPort.freeUDP())")
      #expect(run.outcome.exitCode == 1)
      #expect(run.outcome.saysOnly("no time server gave a usable answer"))
      #expect(run.result.tokens.signed == 0)
      #expect(run.result.connected == 0)
      #expect(run.result.seconds < 240, "it waited in vain")
      #expect(run.result.connects.full + run.result.connects.failed == 0)
    }

    @Test("A time server that is dead does no harm beside one that lives")
    func secondServer() async throws {
      let cloud = try await StandInCloud(devices: 2)
      let fleet = try Swiftlet.start([
        "live", "--duration", "5m", "--identities", cloud.identities, "--broker", cloud.address,
        "--time-server", "127.0.0.1:\(try LoopbackPort.freeUDP())",
        "--time-server", "127.0.0.1:\(cloud.timePort)", "--format", "json",
      ])
      try await wait(for: "both devices to be online", atMost: .seconds(150)) {
        guard fleet.isRunning else { throw Failure(try fleet.errors) }
        return try fleet.errors.contains("2/2 online")
      }
      fleet.signal(SIGINT)
      let outcome = try await fleet.outcome()
      extendLifetime(cloud)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(try LiveResult(outcome).messages.lost == 0)
    }
  }
}
