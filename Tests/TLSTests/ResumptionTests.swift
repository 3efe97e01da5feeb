import MbedTLSAdapter
import MbedTLSTestSupport
import TLS
import Testing

/// Sessions that outlive their connection, with OpenSSL's server.
@Suite struct ResumptionTests {
  private let pki: TestPKI
  private let client: Client
  private let roots: Roots

  /// 2024-01-01, the last second of most certificates.
  private let end: Int64 = 1_704_067_200

  init() throws {
    pki = try TestPKI.shared.get()
    roots = try Roots(["rsa-root", "ec-root"].map(pki.certificate))
    client = try Client(roots: roots)
  }

  /// An open connection.
  private func opened(
    _ server: TestServer, host: String = "server.test", at seconds: Int64 = Client.usualTime
  ) throws -> Link {
    try client.open(host, at: seconds)
    let link = try Link(client, to: server)
    #expect(try link.handshake() == .open)
    return link
  }

  /// True if a whole connection, with data and a farewell, resumed a session.
  private func isResumed(
    _ server: TestServer, host: String = "server.test", at seconds: Int64 = Client.usualTime
  ) throws -> Bool {
    let link = try opened(server, host: host, at: seconds)
    #expect(try link.exchange([65, 66, 10], expecting: 3) == [66, 65, 10])
    client.backend.close()
    try link.flush()
    return client.wasResumed
  }

  /// True for each connection at one of the `times` that resumed a session.
  private func areResumed(
    _ name: String = "ec", _ arguments: String = "-rev", at times: [Int64]
  ) throws -> [Bool] {
    let server = try TestServer(name, arguments, pki: pki)
    return try times.map { try isResumed(server, at: $0) }
  }

  @Test(arguments: ["rsa", "ec"], ["-rev", "-rev -no_ticket"])
  func resumes(name: String, arguments: String) throws {
    let server = try TestServer(name, arguments, pki: pki)
    for round in 0..<4 {
      #expect(try isResumed(server) == (round > 0))
      // Whether the owner says that the connection is over or opens the next at once.
      if round == 1 { client.backend.reset() }
      #expect(client.wasResumed == (round > 1))
    }
  }

  @Test(arguments: ["AES128-GCM-SHA256", "AES256-GCM-SHA384"])
  func resumesWithEachSuite(suite: String) throws {
    let arguments = "-rev -cipher ECDHE-ECDSA-\(suite)"
    #expect(
      try areResumed("ec", arguments, at: [0, 1].map { Client.usualTime + $0 })
        == [false, true])
  }

  @Test(arguments: [1, 2, 7, 64])
  func resumesInPieces(length: Int) throws {
    let server = try TestServer("ec", pki: pki)
    #expect(try !isResumed(server))
    try client.open("server.test")
    let link = try Link(client, to: server, pieceLength: length)
    #expect(try link.handshake() == .open)
    #expect(client.wasResumed)
    #expect(try link.exchange([65, 66, 10], expecting: 3) == [66, 65, 10])
  }

  /// A device without a battery loses its connections without a farewell (RFC 5246 section 7.2.1).
  @Test func resumesAfterABreak() throws {
    let server = try TestServer("ec", pki: pki)
    _ = try opened(server)
    #expect(try isResumed(server))
    client.backend.reset()
    client.backend.reset()
    #expect(try isResumed(server))
  }

  @Test func resumesAfterTheServerClosed() throws {
    let server = try TestServer("ec", "-www", pki: pki)
    for round in 0..<2 {
      let link = try opened(server)
      #expect(client.wasResumed == (round > 0))
      _ = try link.exchange(Array("GET / HTTP/1.0\r\n\r\n".utf8), expecting: 0)
      #expect(try link.readToEnd().1 == .closedByPeer)
    }
  }

  /// A new server has other keys for tickets, and an empty memory.
  @Test(arguments: ["-rev", "-rev -no_ticket"])
  func serverMayForget(arguments: String) throws {
    #expect(try areResumed("ec", arguments, at: [Client.usualTime]) == [false])
    #expect(
      try areResumed("ec", arguments, at: [0, 1, 2].map { Client.usualTime + $0 })
        == [false, true, true])
  }

  /// A server that has lost its tickets' keys and makes no more: the old ticket is gone.
  @Test func serverMayDropTickets() throws {
    #expect(try areResumed("ec", at: [Client.usualTime]) == [false])
    #expect(
      try areResumed("ec", "-rev -no_ticket", at: [0, 1].map { Client.usualTime + $0 })
        == [false, true])
    #expect(
      try areResumed("ec", "-rev -no_ticket -no_cache", at: [0, 1].map { Client.usualTime + $0 })
        == [false, false])
  }

  @Test func hostsDoNotShare() throws {
    let server = try TestServer("ec", pki: pki)
    #expect(try !isResumed(server))
    #expect(try !isResumed(server, host: "127.0.0.1"))
    #expect(try isResumed(server, host: "127.0.0.1"))
    #expect(try !isResumed(server))
    #expect(throws: SecureStreamFailure.hostNameMissing) { try client.open("1.2.3") }
    #expect(try !isResumed(server))
  }

  @Test func otherRootsVerifyAnew() throws {
    let server = try TestServer("ec", pki: pki)
    #expect(try !isResumed(server))
    try roots.add(pki.certificate("short-root"))
    #expect(try !isResumed(server))
    #expect(try isResumed(server))
  }

  @Test func forgets() throws {
    let server = try TestServer("ec", pki: pki)
    #expect(try !isResumed(server))
    client.backend.forgetSession()
    #expect(try !isResumed(server))
    _ = try opened(server)
    client.backend.forgetSession()
    #expect(client.wasResumed)
    #expect(try !isResumed(server))
    // In the middle of a handshake, which goes on.
    try client.open("server.test")
    client.backend.forgetSession()
    #expect(try Link(client, to: server).handshake() == .open)
    #expect(client.wasResumed)
    #expect(try !isResumed(server))
  }

  /// A server may know by the session whom it talked to.
  @Test func newIdentityForgets() throws {
    let server = try TestServer("ec", pki: pki)
    #expect(try !isResumed(server))
    try client.useKey(pki.folder.bytes("client.der"))
    #expect(try !isResumed(server))
    try client.useCertificate(pki.certificate("client"))
    #expect(try !isResumed(server))
    #expect(throws: (any Error).self) { try client.useKey([1, 2, 3]) }
    #expect(try isResumed(server))
    // While the connection is open.
    _ = try opened(server)
    try client.useKey(pki.folder.bytes("client.der"))
    #expect(try !isResumed(server))
  }

  /// The ticket holds the device's certificate.
  @Test(arguments: ["", " -no_ticket"])
  func resumesMutualTLS(arguments: String) throws {
    try client.useKey(pki.folder.bytes("client.der"))
    try client.useCertificate(pki.certificate("client"))
    let mutual =
      "-rev -Verify 1 -verify_return_error -no_check_time -CAfile ec-root.pem\(arguments)"
    #expect(
      try areResumed("rsa", mutual, at: [0, 1].map { Client.usualTime + $0 }) == [false, true])
  }
}

// MARK: - Limits

extension ResumptionTests {
  /// A day after the full handshake, however often it was resumed since.
  @Test func ageIsLimited() throws {
    let start = Client.usualTime
    let times = [0, 1, 50_000, 86_400, 86_401, 100_000].map { start + $0 }
    #expect(
      try areResumed("ec", "-rev -no_ticket", at: times)
        == [false, true, true, true, false, true])
  }

  /// OpenSSL's tickets say that they last for two hours (RFC 5077 section 3.3).
  @Test func serverLimitsTheTicket() throws {
    let times = [0, 7_200, 7_201, 7_202].map { Client.usualTime + $0 }
    #expect(try areResumed(at: times) == [false, true, false, true])
  }

  /// The age of a session is unknown where the clock was set back.
  @Test func clockSetBack() throws {
    let times = [0, -1, 0].map { Client.usualTime + $0 }
    #expect(try areResumed(at: times) == [false, false, true])
  }

  @Test func endsWithTheLeaf() throws {
    let server = try TestServer("ec", pki: pki)
    #expect(try !isResumed(server, at: end - 10))
    #expect(try isResumed(server, at: end))
    try client.open("server.test", at: end + 1)
    #expect(try Link(client, to: server).handshake() == .failed(.certificateExpired))
  }

  /// An intermediate that ends at 2023-01-01, before the leaf.
  @Test func endsWithTheIntermediate() throws {
    let server = try TestServer("below-middle", "-rev -cert_chain middle.pem", pki: pki)
    #expect(try !isResumed(server, at: 1_672_531_190))
    #expect(try isResumed(server, at: 1_672_531_200))
    try client.open("server.test", at: 1_672_531_201)
    #expect(try Link(client, to: server).handshake() == .failed(.certificateExpired))
  }

  /// A root that ends at 2021-01-01, before the leaf.
  @Test func endsWithTheRoot() throws {
    try roots.add(pki.certificate("short-root"))
    let server = try TestServer("below-short", pki: pki)
    #expect(try !isResumed(server, at: 1_609_459_190))
    #expect(try isResumed(server, at: 1_609_459_200))
    try client.open("server.test", at: 1_609_459_201)
    #expect(try Link(client, to: server).handshake() == .failed(.certificateExpired))
  }
}

// MARK: - Failures

extension ResumptionTests {
  /// RFC 5246 section 7.2.2: whatever ends a connection in failure ends its session.
  @Test func failureForgets() throws {
    let server = try TestServer("ec", pki: pki)
    for round in 0..<3 {
      let link = try opened(server)
      #expect(!client.wasResumed)
      let records =
        [
          [23, 3, 3, 0, 30] + [UInt8](repeating: 1, count: 30),
          [21, 3, 3, 0, 2, 2, 80],
          [99, 3, 3, 0, 1, 0],
        ][round]
      guard case .failed = link.client.receive(records, inPiecesOf: 9) else {
        Issue.record("it goes on")
        return
      }
    }
    // In the handshake, before the server has answered.
    #expect(try !isResumed(server))
    try client.open("server.test")
    #expect(client.receive([21, 3, 3, 0, 2, 2, 80], inPiecesOf: 7) == .failed(.alert(80)))
    #expect(try !isResumed(server))
  }

  /// A handshake that breaks off loses nothing, but something may be wrong with the session.
  @Test func breakInTheHandshake() throws {
    let server = try TestServer("ec", pki: pki)
    #expect(try !isResumed(server))
    try client.open("server.test")
    #expect(client.backend.advance() == .handshaking)
    #expect(try isResumed(server))
    for _ in 0..<2 {
      try client.open("server.test")
      #expect(client.backend.advance() == .handshaking)
    }
    #expect(try !isResumed(server))
  }
}
