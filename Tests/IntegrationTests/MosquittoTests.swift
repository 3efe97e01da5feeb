import Foundation
import Testing

extension IntegrationTests {
  /// A fleet and mosquitto, over TLS.
  @Suite(
    .serialized,
    .enabled(if: Peers.areInstalled(Peers.broker, Peers.subscriber, Peers.publisher, Peers.openssl))
  )
  struct MosquittoTests {
    private static let deviceCount = 10

    @Test(
      "A broker that restarts loses no accepted message, and every device gets its configuration",
      arguments: KeyType.allCases)
    func restart(chain: KeyType) async throws {
      let folder = try TemporaryFolder()
      let identities = folder.file("fleet")
      try await Swiftlet.provision(Self.deviceCount, in: identities)
      let broker = try await MosquittoBroker(CertificateMaker(chain))
      for number in 0..<Self.deviceCount { try await configure("device-\(number)", at: broker) }
      let collector = try await MessageCollector(broker)
      let fleet = try Swiftlet.start([
        "live", "--identities", identities, "--broker", "mqtts://localhost:\(broker.port)",
        "--ca", broker.rootPath, "--duration", "15s", "--interval", "200ms", "--qos", "1",
        "--format", "json", "--quiet",
      ])
      try await wait(for: "the first 100 messages") {
        guard fleet.isRunning else { throw Failure(try fleet.errors) }
        return try collector.count() >= 100
      }
      try await broker.restart()
      let outcome = try await fleet.outcome()
      let result = try LiveResult(outcome)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(result.connected == Self.deviceCount)
      #expect(result.configured == Self.deviceCount)
      #expect(result.messages.lost == 0)
      #expect(result.connects.failed >= Self.deviceCount, "the restart went by unnoticed")
      #expect(result.connects.full >= 2 * Self.deviceCount, "a new broker resumed old sessions")
      #expect(result.messages.accepted > 100)
      try await wait(for: "\(result.messages.accepted) messages at the collector") {
        try collector.count() >= result.messages.accepted
      }
      let numbers = try collector.numbers()
      #expect(numbers.count == Self.deviceCount)
      #expect(try collector.count() == result.messages.accepted)
      for (device, found) in numbers {
        #expect(Set(found) == Set(1...(found.max() ?? 0)), "\(device) has a gap")
      }
      extendLifetime((broker, folder))
    }

    @Test("A token's renewal resumes the TLS session", arguments: KeyType.allCases)
    func resumption(chain: KeyType) async throws {
      let folder = try TemporaryFolder()
      let identities = folder.file("fleet")
      try await Swiftlet.provision(Self.deviceCount, in: identities)
      let broker = try await MosquittoBroker(CertificateMaker(chain))
      let run = try await Swiftlet.live(
        "--identities", identities, "--broker", "mqtts://localhost:\(broker.port)",
        "--ca", broker.rootPath, "--duration", "12s", "--token-life", "5s")
      #expect(run.result.tokens.devicesRefreshed == Self.deviceCount)
      #expect(run.result.connects.full == Self.deviceCount)
      #expect(run.result.connects.resumed >= Self.deviceCount)
      #expect(run.result.connects.failed == 0)
      extendLifetime((broker, folder))
    }

    @Test("Ctrl-C does not wait for the end of the run when the broker is gone")
    func interruptionWithoutBroker() async throws {
      let folder = try TemporaryFolder()
      let identities = folder.file("fleet")
      try await Swiftlet.provision(2, in: identities)
      let broker = try await MosquittoBroker(CertificateMaker())
      let collector = try await MessageCollector(broker)
      let fleet = try Swiftlet.start([
        "live", "--identities", identities, "--broker", "mqtts://localhost:\(broker.port)",
        "--ca", broker.rootPath, "--duration", "10m", "--interval", "200ms", "--format", "json",
      ])
      try await wait(for: "messages of both devices") {
        guard fleet.isRunning else { throw Failure(try fleet.errors) }
        return try collector.numbers().count == 2
      }
      try await broker.stop()
      // Long enough for each device to have accepted messages that cannot be delivered.
      try await Task.sleep(for: .seconds(2))
      fleet.signal(SIGINT)
      let outcome = try await fleet.outcome()
      let result = try LiveResult(outcome)
      #expect(outcome.exitCode == 1)
      extendLifetime(folder)
      #expect(result.messages.lost > 0)
      #expect(outcome.errorLines.last?.contains("accepted messages are missing") == true)
    }

    private func configure(_ device: String, at broker: MosquittoBroker) async throws {
      try await ChildProcess.run(
        Peers.publisher,
        broker.connection(clientID: "operator")
          + ["-q", "1", "-r", "-t", "/devices/\(device)/config", "-m", #"{"interval":60}"#])
    }
  }
}
