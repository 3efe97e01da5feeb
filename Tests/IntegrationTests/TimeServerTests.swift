import Testing

extension IntegrationTests {
  /// Where the devices get the time.
  @Suite struct TimeServerTests {
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

    @Test("Without the time nothing is signed, and the run fails and says so")
    func deadServer() async throws {
      let run = try await Swiftlet.live(
        "--devices", "5", "--duration", "8s", "--time-server",
        "127.0.0.1:\(try LoopbackPort.freeUDP())")
      #expect(run.outcome.exitCode == 1)
      #expect(run.outcome.saysOnly("no time server gave a usable answer"))
      #expect(run.result.tokens.signed == 0)
      #expect(run.result.connected == 0)
      #expect(run.result.connects.full + run.result.connects.failed == 0)
    }
  }
}
