import Foundation
import Testing

extension IntegrationTests {
  /// `swiftlet cloud`, the stand-in cloud alone.
  @Suite(.serialized) struct CloudCommandTests {
    @Test("The cloud serves a fleet until it is ended, and then prints what it saw")
    func serving() async throws {
      let cloud = try await StandInCloud(devices: 4)
      let run = try await Swiftlet.live(
        "--duration", "3s", "--identities", cloud.identities, "--broker", cloud.address,
        "--time-server", "127.0.0.1:\(cloud.timePort)")
      #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
      #expect(run.result.connected == 4)
      #expect(run.result.configured == 4)
      #expect(run.result.messages.lost == 0)
      let outcome = try await cloud.stop()
      #expect(outcome.exitCode == 0)
      let statistics = try JSONDecoder().decode(Statistics.self, from: Data(outcome.output.utf8))
      #expect(statistics.connectsAccepted == 4)
      #expect(statistics.acknowledgementsSent == run.result.messages.accepted)
      #expect(statistics.timeAnswers >= 4)
      #expect(statistics.devices.count == 4)
    }

    @Test("A port that is taken is exit code 75, and named")
    func takenPorts() async throws {
      let cloud = try await StandInCloud(devices: 1)
      let free = try LoopbackPort.freeTCP()
      let freeTime = try LoopbackPort.freeUDP()
      for (port, timePort) in [(cloud.port, freeTime), (free, cloud.timePort)] {
        let outcome = try await Swiftlet.run(
          "cloud", "--identities", cloud.identities, "--port", "\(port)", "--time-port",
          "\(timePort)")
        #expect(outcome.exitCode == 75)
        let taken = port == cloud.port ? port : timePort
        #expect(outcome.saysOnly("port \(taken)"), "\(outcome.errors)")
      }
      extendLifetime(cloud)
    }

    /// A part of what the cloud prints.
    private struct Statistics: Decodable {
      struct Device: Decodable {
        let connectsAccepted: Int
      }

      let connectsAccepted: Int
      let acknowledgementsSent: Int
      let timeAnswers: Int
      let devices: [String: Device]
    }
  }
}
