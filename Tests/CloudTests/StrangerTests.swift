import Testing

@testable import Cloud

/// Clients that do not even begin with TLS.
@Suite struct StrangerTests {
  @Test func silentOneIsSentAway() async throws {
    try await TestBench.run(change: { $0.connectTimeout = .milliseconds(50) }) { bench in
      let socket = try LoopbackSocket(.stream, port: bench.cloud.mqttPort)
      try await bench.wait { $0.closes == [.connectTimeout: 1] }
      #expect(try socket.receive().isEmpty)
    }
  }

  @Test func plainMQTTIsNoHandshake() async throws {
    try await TestBench.run { bench in
      let socket = try LoopbackSocket(.stream, port: bench.cloud.mqttPort)
      try socket.send([0x10, 12, 0, 4] + Array("MQTT".utf8) + [4, 2, 0, 10, 0, 0])
      try await bench.wait { $0.closes == [.handshake: 1] }
    }
  }

  @Test func portInUseCannotBeReserved() async throws {
    try await TestBench.run { bench in
      let port = bench.cloud.mqttPort
      if PortReservation(port: port) != nil { Issue.record("somebody listens there") }
      await bench.cloud.stop()
      let reservation = PortReservation(port: port)
      if reservation == nil { Issue.record("nobody listens there") }
      _ = consume reservation
    }
  }

  @Test func stopDoesNotWaitForSilentOnes() async throws {
    try await TestBench.run { bench in
      let socket = try LoopbackSocket(.stream, port: bench.cloud.mqttPort)
      try await bench.wait { $0.connectionsOpen == 1 }
      await bench.cloud.stop()
      #expect(bench.cloud.statistics.closes == [.stopped: 1])
      #expect(try socket.receive().isEmpty)
    }
  }
}
