import Cloud
import Foundation
import Provisioning
import Testing

/// What the cloud does when told to misbehave, as mosquitto's clients see it.
@Suite(.enabled(if: Mosquitto.isInstalled)) struct MisbehaviourTests {
  private static let events = "/devices/device-1/events"

  @Test func acknowledgementsAreHeldUntilReleased() async throws {
    try await TestBench.run { bench in
      bench.cloud.misbehave(.holdAcknowledgements(nil))
      let client = try bench.client().publish(topic: Self.events, lines: numbered(1...2))
      try await bench.wait { $0.received[.events]?.atLeastOnce == 2 }
      #expect(bench.cloud.statistics.acknowledgementsSent == 0)
      #expect(client.isRunning)
      bench.cloud.misbehave(.releaseAcknowledgements)
      #expect(try await client.outcome().exitCode == 0)
      #expect(bench.cloud.statistics.acknowledgementsSent == 2)
    }
  }

  @Test func lateAcknowledgementsComeByThemselves() async throws {
    try await TestBench.run { bench in
      bench.cloud.misbehave(.holdAcknowledgements(.milliseconds(50)))
      bench.cloud.misbehave(.delayConnectAnswer(.milliseconds(50)))
      let client = try bench.client().publish(topic: Self.events, lines: numbered(1...3))
      #expect(try await client.outcome().exitCode == 0)
      #expect(bench.cloud.statistics.acknowledgementsSent == 3)
    }
  }

  @Test func connectionsAreDroppedNowAndAfterPackets() async throws {
    try await TestBench.run { bench in
      let client = try bench.client().subscribe(topics: ["/devices/device-1/config"], count: nil)
      try await bench.wait { $0.subscriptionsGranted == 1 }
      bench.cloud.misbehave(.dropAfterPackets(1))
      bench.cloud.misbehave(.dropConnections)
      // Now the client comes back and is dropped at once, again and again.
      try await bench.wait { $0.closes[.ordered, default: 0] >= 2 }
      #expect(bench.cloud.statistics.subscriptionsGranted == 1)
      bench.cloud.behave()
      try await bench.wait { $0.subscriptionsGranted == 2 }
      client.terminate()
    }
  }

  @Test func tokensAreRefusedAsOftenAsTold() async throws {
    try await TestBench.run { bench in
      bench.cloud.misbehave(.refuseTokens(1))
      for exitCode: Int32 in [5, 0] {
        let client = try bench.client().publish(topic: Self.events, lines: ["x"])
        #expect(try await client.outcome().exitCode == exitCode)
      }
      bench.cloud.misbehave(.refuseTokens(nil))
      let client = try bench.client().publish(topic: Self.events, lines: ["x"])
      #expect(try await client.outcome().exitCode == 5)
      #expect(bench.cloud.statistics.connectsRefused == [.ordered: 2])
    }
  }

  @Test func garbageEndsAClient() async throws {
    try await TestBench.run { bench in
      let client = try bench.client().subscribe(topics: ["/devices/device-1/config"], count: nil)
      try await bench.wait { $0.subscriptionsGranted == 1 }
      bench.cloud.misbehave(.sendGarbage)
      #expect(try await client.outcome().exitCode != 0)
      try await bench.wait { $0.connectionsOpen == 0 }
    }
  }

  @Test func anotherChainIsRefusedByItsClients() async throws {
    try await TestBench.run { bench in
      let stranger = try CertificateAuthority(kind: .ec).issue(names: ["localhost"])
      let expired = try bench.cloud.authority.issue(names: ["localhost"], validity: .expired())
      let elsewhere = try bench.cloud.authority.issue(names: ["mqtt.example.test"])
      for chain in [stranger, expired, elsewhere] {
        bench.cloud.misbehave(.presentChain(chain))
        let before = bench.cloud.statistics.closes[.handshake, default: 0]
        let client = try bench.client().publish(topic: Self.events, lines: ["x"])
        // The client tries for ever.
        try await bench.wait { $0.closes[.handshake, default: 0] > before }
        client.terminate()
      }
      try await bench.wait { $0.connectionsOpen == 0 }
      #expect(bench.cloud.statistics.connectsAccepted == 0)
      bench.cloud.behave()
      let client = try bench.client().publish(topic: Self.events, lines: ["x"])
      #expect(try await client.outcome().exitCode == 0)
    }
  }

  @Test func restartKeepsPortsAndSheds() async throws {
    try await TestBench.run { bench in
      let ports = (bench.cloud.mqttPort, bench.cloud.sntpPort)
      let client = try bench.client().subscribe(topics: ["/devices/device-1/config"], count: nil)
      try await bench.wait { $0.subscriptionsGranted == 1 }
      try await bench.cloud.restart(pause: .milliseconds(50))
      #expect((bench.cloud.mqttPort, bench.cloud.sntpPort) == ports)
      #expect(bench.cloud.statistics.closes[.stopped] == 1)
      try await bench.wait { $0.subscriptionsGranted == 2 }
      client.terminate()
    }
  }

  @Test func takenPortIsNamed() async throws {
    try await TestBench.run { bench in
      var options = CloudOptions()
      options.chain = .ec
      options.mqttPort = bench.cloud.mqttPort
      let second = try Cloud(options: options, registry: bench.registry)
      let error = await #expect(throws: CloudError.self) { try await second.start() }
      #expect(error?.description.contains("port \(options.mqttPort)") == true)
    }
  }
}
