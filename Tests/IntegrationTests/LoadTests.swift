import Foundation
import FoundationNetworking
import Testing

extension IntegrationTests {
  /// `swiftlet live` as an instrument: how it loads a broker, and what it tells of it.
  @Suite(.serialized) struct LoadTests {
    @Test("Rate, number at a time, source addresses and hold: all arrive, and each phase is told")
    func load() async throws {
      let run = try await Swiftlet.live(
        "--devices", "12", "--duration", "60s", "--hold", "2s", "--connect-rate", "20/s",
        "--max-in-handshake", "3", "--source-address", "127.0.0.2,127.0.0.3", "--interval", "100ms")
      #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
      let result = run.result
      #expect(result.connected == 12)
      #expect(result.messages.lost == 0)
      for phase in ["dns", "tcp", "tls", "mqtt", "subscribe", "connect"] {
        #expect(result.latency[phase]?.count == 12, "\(phase)")
      }
      #expect(result.latency["reconnectDelay"] == nil)
      #expect((result.latency["publish"]?.count ?? 0) > 0)
      for (phase, figure) in result.latency {
        let ascending = [
          figure.p50Milliseconds, figure.p90Milliseconds, figure.p99Milliseconds,
          figure.p999Milliseconds, figure.maxMilliseconds,
        ]
        #expect(ascending == ascending.sorted(), "\(phase)")
      }
      let hold = try #require(result.hold)
      #expect(hold.onlineMinimum == 12)
      #expect(hold.seconds >= 1.8)
      // Not before it is switched on, 550 ms after the first: about 22 a second at the most.
      #expect(try #require(result.connectsPerSecond) < 22)
      #expect(result.seconds < 60)
      for words in [
        "--connect-rate 20/s", "--max-in-handshake 3", "--source-address 127.0.0.2,127.0.0.3",
        "--hold 2s",
      ] {
        #expect(result.reproduce.contains(words))
      }
    }

    @Test("A failure is followed by a delay that is told, and by the core's own attempts")
    func reconnectDelay() async throws {
      let folder = try TemporaryFolder()
      let identities = folder.file("fleet")
      try await Swiftlet.provision(2, in: identities)
      let maker = try await CertificateMaker()
      let dead = try LoopbackPort.freeTCP()
      let run = try await Swiftlet.live(
        "--identities", identities, "--broker", "mqtts://localhost:\(dead)", "--ca",
        maker.rootPath, "--duration", "20s", "--max-in-handshake", "1", "--connect-rate", "100/s")
      #expect(run.outcome.exitCode == 1)
      #expect(run.result.connects.failed >= 4)
      #expect((run.result.latency["reconnectDelay"]?.count ?? 0) >= 2)
      #expect(run.result.latency["tcp"] == nil)
      #expect(run.result.hold == nil)
      extendLifetime(folder)
    }

    @Test("--out writes the result that --format json prints")
    func out() async throws {
      let folder = try TemporaryFolder()
      let path = folder.file("live.json")
      let outcome = try await Swiftlet.run(
        "live", "--devices", "2", "--duration", "1s", "--quiet", "--format", "json", "--out", path)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == outcome.output)
      let nowhere = try await Swiftlet.run(
        "live", "--devices", "2", "--duration", "1s", "--quiet", "--out",
        folder.file("none/live.json"))
      #expect(nowhere.exitCode == 65)
      #expect(nowhere.saysOnly("cannot be written"))
    }

    @Test(
      "A broker that waits for acknowledgements before it sends is named as such",
      .enabled(if: Peers.areInstalled(Peers.broker, Peers.openssl)), arguments: [true, false])
    func delayedAcknowledgements(delaysSends: Bool) async throws {
      let folder = try TemporaryFolder()
      let identities = folder.file("fleet")
      try await Swiftlet.provision(30, in: identities)
      let broker = try await MosquittoBroker(CertificateMaker(), delaysSends: delaysSends)
      let run = try await Swiftlet.live(
        "--identities", identities, "--broker", "mqtts://localhost:\(broker.port)", "--ca",
        broker.rootPath, "--duration", "5s", "--connect-rate", "20/s")
      #expect(run.outcome.exitCode == 0, "\(run.outcome.errors)")
      let named = run.result.warnings.filter { $0.contains("set_tcp_nodelay true") }
      // On a machine that has no time for the fleet, 40 ms cannot be told from any other delay.
      let isBusy = (run.result.latency["generatorLate"]?.p99Milliseconds ?? 0) > 5
      #expect(isBusy || named.count == (delaysSends ? 1 : 0), "\(run.result.latency)")
      extendLifetime((broker, folder))
    }

    @Test(
      "A real Prometheus scrapes a run and knows how many devices are online",
      .enabled(if: Peers.areInstalled(Peers.scraper, Peers.scraperTool)))
    func prometheus() async throws {
      let port = try LoopbackPort.freeTCP()
      let fleet = try Swiftlet.start([
        "live", "--devices", "5", "--duration", "3m", "--metrics-listen", "127.0.0.1:\(port)",
        "--format", "json",
      ])
      try await wait(for: "the figures") {
        guard fleet.isRunning else { throw Failure(try fleet.errors) }
        return LoopbackPort.answers(port)
      }
      let server = try await PrometheusServer(scraping: port)
      try await wait(for: "Prometheus to count five devices online") {
        try await server.query(#"swiftlet_devices{state="online"}"#) == 5
      }
      try await wait(for: "messages in histograms too") {
        let acknowledged = try await server.query(
          #"swiftlet_messages_total{dir="out",qos="1",result="acknowledged"}"#)
        let times = try await server.query(#"swiftlet_publish_seconds_bucket{le="+Inf"}"#)
        return (acknowledged ?? 0) >= 5 && (times ?? 0) >= 5
      }
      #expect(
        try await server.query("count(swiftlet_connect_seconds_count)") == 5,
        "not one series a phase")
      // Prometheus's own checker has nothing to complain of.
      let url = try #require(URL(string: "http://127.0.0.1:\(port)/metrics"))
      let page = try await URLSession.shared.data(from: url).0
      try await ChildProcess.run(
        Peers.scraperTool, ["check", "metrics"], input: String(decoding: page, as: UTF8.self))
      fleet.signal(SIGINT)
      let outcome = try await fleet.outcome()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("http://127.0.0.1:\(port)/metrics"))
    }
  }
}
