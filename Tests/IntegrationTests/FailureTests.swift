import Glibc
import Testing

extension IntegrationTests {
  /// Servers that must not be trusted or cannot be reached: one clear line, exit code 1, no
  /// waiting.
  @Suite(.serialized, .enabled(if: Peers.areInstalled(Peers.openssl))) struct FailureTests {
    @Test("A certificate that has expired is named as the reason")
    func expiredCertificate() async throws {
      let maker = try await CertificateMaker()
      let server = try await TLSServer(maker.leaf(from: -30, until: -1))
      try await expectFailure(
        "certificate has expired", port: server.port, roots: maker.rootPath, alive: [server, maker])
    }

    @Test("A certificate that is not valid yet is named as the reason")
    func futureCertificate() async throws {
      let maker = try await CertificateMaker()
      let server = try await TLSServer(maker.leaf(from: 10, until: 30))
      try await expectFailure(
        "certificate is not valid yet", port: server.port, roots: maker.rootPath,
        alive: [server, maker])
    }

    @Test("A certificate for another name is named as the reason", arguments: KeyType.allCases)
    func otherName(chain: KeyType) async throws {
      let maker = try await CertificateMaker(chain)
      let server = try await TLSServer(maker.leaf(name: "elsewhere.example"))
      try await expectFailure(
        "for another host name", port: server.port, roots: maker.rootPath, alive: [server, maker])
    }

    @Test("A certificate under another root is named as the reason", arguments: KeyType.allCases)
    func unknownRoot(chain: KeyType) async throws {
      let server = try await TLSServer(CertificateMaker(chain).leaf())
      let other = try await CertificateMaker(chain)
      try await expectFailure(
        "does not lead to a trusted root", port: server.port, roots: other.rootPath,
        alive: [server, other])
    }

    @Test("A server that offers TLS 1.1 alone is not spoken to")
    func oldTLS() async throws {
      let maker = try await CertificateMaker()
      let server = try await TLSServer(
        maker.leaf(), options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
      try await expectFailure(
        "TLS: ", port: server.port, roots: maker.rootPath, alive: [server, maker])
    }

    @Test(
      "A broker that speaks no TLS is not spoken to",
      .enabled(if: Peers.areInstalled(Peers.broker)))
    func plainText() async throws {
      let port = try LoopbackPort.freeTCP()
      let broker = try ChildProcess(Peers.broker, ["-p", "\(port)"])
      try await wait(for: "mosquitto to listen") { LoopbackPort.answers(port) }
      let maker = try await CertificateMaker()
      try await expectFailure(
        "closed by the peer", port: port, roots: maker.rootPath, alive: [maker])
      broker.signal(SIGTERM)
      try await broker.outcome()
    }

    @Test("A port that nobody listens at is named as the reason")
    func deadPort() async throws {
      let maker = try await CertificateMaker()
      try await expectFailure(
        "nothing listens there", port: LoopbackPort.freeTCP(), roots: maker.rootPath,
        alive: [maker])
    }

    @Test("A cloud that has other keys for the devices refuses their tokens")
    func refusedTokens() async throws {
      let cloud = try await StandInCloud(devices: 3)
      let run = try await expectFailure(
        "the token was refused", port: cloud.port, roots: cloud.rootPath, alive: [cloud])
      #expect(run.result.tokens.refused > 0)
      #expect(run.result.tokens.signed >= run.result.tokens.refused)
    }

    /// Three devices with keys of their own fail, for a reason that contains `reason`.
    ///
    /// The values in `alive` end what they stand for with them, so they have to outlive the run.
    @discardableResult
    private func expectFailure(
      _ reason: String, port: Int, roots: String, alive: [any Sendable],
      sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Swiftlet.LiveRun {
      let folder = try TemporaryFolder()
      let identities = folder.file("fleet")
      try await Swiftlet.provision(3, in: identities)
      let run = try await Swiftlet.liveMinute(identities: identities, port: port, roots: roots)
      #expect(run.outcome.exitCode == 1, sourceLocation: sourceLocation)
      #expect(
        run.outcome.saysOnly(reason), "\(run.outcome.errors)", sourceLocation: sourceLocation)
      #expect(run.result.connected == 0, sourceLocation: sourceLocation)
      #expect(run.result.messages.acknowledged == 0, sourceLocation: sourceLocation)
      #expect(run.result.connects.failed > 0, sourceLocation: sourceLocation)
      #expect(run.result.seconds < 50, "it waited in vain", sourceLocation: sourceLocation)
      extendLifetime(alive)
      return run
    }
  }
}
