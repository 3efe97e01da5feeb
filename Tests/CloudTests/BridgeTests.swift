import Cloud
import Foundation
import Provisioning
import Testing

/// The device bridge against mosquitto's clients, over TLS.
@Suite(.enabled(if: Mosquitto.isInstalled)) struct BridgeTests {
  private static let events = "/devices/device-1/events"
  private static let config = "/devices/device-1/config"
  private static let commands = "/devices/device-1/commands/#"

  @Test func eventsArriveAndAreCounted() async throws {
    try await TestBench.run { bench in
      let client = try bench.client().publish(topic: Self.events, lines: numbered(1...5))
      #expect(try await client.outcome().exitCode == 0)
      try await bench.wait { $0.connectionsOpen == 0 }
      let log = bench.cloud.received(from: TestBench.device)
      #expect(log.ranges == [1...5])
      #expect(log.duplicates == 0)
      let statistics = bench.cloud.statistics
      #expect(statistics.connectsAccepted == 1)
      #expect(statistics.handshakes == 1)
      #expect(statistics.acknowledgementsSent == 5)
      #expect(statistics.received[.events]?.atLeastOnce == 5)
      #expect(statistics.devices[TestBench.device]?.received[.events]?.total == 5)
      #expect(statistics.closes == [.disconnected: 1])
      #expect(statistics.tokensSeen == 1)
      #expect(statistics.bytesReceived > 300)
    }
  }

  @Test func rsaEverywhere() async throws {
    try await TestBench.run(algorithm: .rs256, change: { $0.chain = .rsa }) { bench in
      let client = try bench.client()
        .publish(topic: "/devices/device-1/state", lines: ["on"], quality: 0)
      #expect(try await client.outcome().exitCode == 0)
      try await bench.wait { $0.received[.state]?.atMostOnce == 1 }
      #expect(bench.cloud.received(from: TestBench.device, .state).unnumbered == 1)
    }
  }

  /// The exit code of mosquitto_pub is the return code of CONNACK.
  @Test func refusalsHaveTheirReturnCodes() async throws {
    try await TestBench.run { bench in
      let foreign = try bench.identity().token(audience: "q")
      let stolen = try bench.identity(TestBench.otherDevice).token(audience: "p")
      let unknown = bench.registry.clientID(of: "device-9")
      for (client, exitCode) in [
        (try bench.client(token: foreign), Int32(5)),
        (try bench.client(token: foreign), 5),
        (try bench.client(token: stolen), 5),
        (try bench.client(clientID: unknown), 5),
        (try bench.client(token: "secret"), 4),
        (try bench.client(clientID: "device-1"), 2),
      ] {
        let running = try client.publish(topic: Self.events, lines: numbered(1...1))
        let outcome = try await running.outcome()
        #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
      }
      let statistics = bench.cloud.statistics
      #expect(
        statistics.connectsRefused == [
          .audience: 2, .signature: 1, .unknownDevice: 1, .malformedToken: 1, .clientID: 1,
        ])
      #expect(statistics.refusedTokenReuses == 1)
      #expect(statistics.devices[TestBench.device]?.refusedTokenReuses == 1)
      #expect(statistics.connectsAccepted == 0)
      #expect(statistics.devices["device-9"] == nil)
    }
  }

  @Test func configurationComesOnSubscribing() async throws {
    try await TestBench.run { bench in
      let first = try bench.client().subscribe(topics: [Self.config], count: 1)
      #expect(try await first.outcome().output == "{\"intervalSeconds\":60}\n")
      // The process ends before its connection does, and the next configuration is not for it.
      try await bench.wait { $0.connectionsOpen == 0 }
      bench.cloud.configure(TestBench.device, Array("{\"a\":1}".utf8))
      let second = try bench.client().subscribe(topics: [Self.config], count: 2)
      try await bench.wait { $0.sent[.config]?.total == 2 }
      bench.cloud.configure(TestBench.device, Array("{\"a\":2}".utf8))
      #expect(try await second.outcome().output == "{\"a\":1}\n{\"a\":2}\n")
    }
  }

  @Test func commandsReachSubscribers() async throws {
    try await TestBench.run { bench in
      #expect(throws: CloudError.notSubscribed(TestBench.device)) {
        try bench.cloud.send(command: [0x61], to: TestBench.device)
      }
      let client = try bench.client().subscribe(topics: [Self.commands], count: 2)
      try await bench.wait { $0.subscriptionsGranted == 1 }
      try bench.cloud.send(command: Array("on".utf8), to: TestBench.device)
      try bench.cloud.send(command: Array("off".utf8), subfolder: "light", to: TestBench.device)
      #expect(try await client.outcome().output == "on\noff\n")
    }
  }

  @Test func foreignTopicsAreClosedToDevices() async throws {
    try await TestBench.run { bench in
      let subscriber = try bench.client()
        .subscribe(topics: ["/devices/device-2/config"], count: nil)
      try await bench.wait { $0.subscriptionsRefused == 1 }
      subscriber.terminate()
      let publisher = try bench.client()
        .publish(topic: "/devices/device-2/events", lines: numbered(1...1))
      try await bench.wait { $0.closes[.topicForbidden, default: 0] >= 1 }
      publisher.terminate()
      #expect(bench.cloud.received(from: TestBench.otherDevice).count == 0)
    }
  }

  @Test func connectionEndsWithItsToken() async throws {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    try await TestBench.run(change: {
      $0.now = { now }
      $0.tokens.expiryGrace = 0
    }) { bench in
      // The cloud's clock stands still, so that only the timer of the connection can end it.
      let token = try bench.identity().token(audience: "p", issuedAt: now, lifetime: 1)
      let client = try bench.client(token: token).subscribe(topics: [Self.commands], count: nil)
      try await bench.wait { $0.closesAtExpiry >= 1 }
      client.terminate()
      #expect(bench.cloud.statistics.connectsAccepted >= 1)
    }
  }

  @Test func expiredTokenIsRefused() async throws {
    try await TestBench.run(change: { $0.tokens.skew = 0 }) { bench in
      let token = try bench.identity()
        .token(audience: "p", issuedAt: Date(timeIntervalSinceNow: -100), lifetime: 50)
      let client = try bench.client(token: token).publish(topic: Self.events, lines: ["x"])
      #expect(try await client.outcome().exitCode == 5)
      #expect(bench.cloud.statistics.connectsRefused == [.expired: 1])
    }
  }

  @Test func silenceEndsTheConnection() async throws {
    try await TestBench.run(change: { $0.keepAliveMaximum = .milliseconds(100) }) { bench in
      // The client would be silent for a minute.
      let client = try bench.client().subscribe(topics: [Self.commands], count: nil)
      try await bench.wait { $0.closes[.keepAlive, default: 0] >= 1 }
      client.terminate()
    }
  }

  @Test func secondConnectionTakesOver() async throws {
    try await TestBench.run { bench in
      let first = try bench.client().subscribe(topics: [Self.commands], count: nil)
      try await bench.wait { $0.subscriptionsGranted == 1 }
      let second = try bench.client().publish(topic: Self.events, lines: numbered(1...1))
      #expect(try await second.outcome().exitCode == 0)
      try await bench.wait { $0.closes[.takenOver, default: 0] >= 1 }
      first.terminate()
    }
  }

  @Test func keptSessionKeepsCommands() async throws {
    try await TestBench.run { bench in
      let first = try bench.client()
        .subscribe(topics: [Self.commands], count: nil, keepsSession: true)
      try await bench.wait { $0.subscriptionsGranted == 1 }
      first.terminate()
      try await bench.wait { $0.connectionsOpen == 0 }
      try bench.cloud.send(command: Array("later".utf8), to: TestBench.device)
      try await bench.cloud.restart()
      let second = try bench.client()
        .subscribe(topics: [Self.commands], count: 1, keepsSession: true)
      #expect(try await second.outcome().output == "later\n")
      #expect(bench.cloud.statistics.sessionsResumed == 1)
      try await bench.wait { $0.connectionsOpen == 0 }
      try await bench.cloud.restart(keepSessions: false)
      #expect(bench.cloud.statistics.sessions == 0)
    }
  }

  @Test func qualityTwoAndLargePacketsEndTheConnection() async throws {
    try await TestBench.run(change: { $0.packetByteMaximum = 1_000 }) { bench in
      let twice = try bench.client().publish(topic: Self.events, lines: ["x"], quality: 2)
      try await bench.wait { $0.closes[.qualityUnsupported, default: 0] >= 1 }
      twice.terminate()
      let long = String(repeating: "x", count: 1_000)
      let large = try bench.client().publish(topic: Self.events, lines: [long])
      try await bench.wait { $0.closes[.packetTooLarge, default: 0] >= 1 }
      large.terminate()
      #expect(bench.cloud.statistics.received.isEmpty)
    }
  }

  @Test func threeKeysRotateAtRunTime() async throws {
    try await TestBench.run { bench in
      let next = try DeviceIdentity.generate(id: TestBench.device, algorithm: .es256)
      let token = try next.token(audience: "p")
      let early = try bench.client(token: token).publish(topic: Self.events, lines: ["x"])
      #expect(try await early.outcome().exitCode == 5)
      try bench.cloud.register(
        device: TestBench.device, keys: [RegistryKey(bench.identity()), RegistryKey(next)])
      let fresh = try next.token(audience: "p", issuedAt: Date(timeIntervalSinceNow: -1))
      let late = try bench.client(token: fresh).publish(topic: Self.events, lines: ["x"])
      #expect(try await late.outcome().exitCode == 0)
      let keys = try (0..<4).map { _ in try RegistryKey(next) }
      #expect(throws: RegistryError.keyCount(TestBench.device, 4)) {
        try bench.cloud.register(device: TestBench.device, keys: keys)
      }
    }
  }
}
