import MbedTLSAdapter
import MbedTLSTestSupport
import TLS
import Testing

/// Data and the end of connections.
@Suite struct StreamTests {
  private let pki: TestPKI
  private let roots: Roots

  init() throws {
    pki = try TestPKI.shared.get()
    roots = try Roots(["rsa-root", "ec-root"].map(pki.certificate))
  }

  private func link(_ server: TestServer, pieceLength: Int = .max) throws -> Link {
    let client = try Client(roots: roots)
    try client.open("server.test")
    let link = try Link(client, to: server, pieceLength: pieceLength)
    #expect(try link.handshake() == .open)
    return link
  }

  /// Every record is split, that of the handshake and those of data.
  @Test(arguments: [1, 2, 3, 5, 7, 64, 1_000])
  func recordsArriveInPieces(length: Int) throws {
    for name in ["rsa", "ec"] {
      let link = try link(TestServer(name, pki: pki), pieceLength: length)
      #expect(try link.exchange(Array("abcdef\n".utf8), expecting: 7) == Array("fedcba\n".utf8))
    }
  }

  @Test(arguments: [1, 2, 800, 900, 901, 1_000, 4_000, 12_000])
  func plaintextOfAnyLengthPasses(length: Int) throws {
    let link = try link(TestServer("rsa", pki: pki))
    let text = (0..<length).map { UInt8(97 + $0 % 26) }
    let answer = try link.exchange(text + [10], expecting: length + 1)
    #expect(answer == text.reversed() + [10])
  }

  @Test func largeRecordsAreReadInPieces() throws {
    let content = String(repeating: "0123456789abcdef", count: 5_000)
    try pki.folder.write(content, to: "large.txt")
    let link = try link(TestServer("rsa", "-WWW", pki: pki))
    _ = try link.exchange(Array("GET /large.txt HTTP/1.0\r\n\r\n".utf8), expecting: 0)
    let (answer, end) = try link.readToEnd()
    #expect(answer.suffix(content.utf8.count) == Array(content.utf8)[...])
    #expect(end == .closedByPeer)
    #expect(link.client.backend.advance() == .failed(.closedByPeer))
    #expect(link.client.recordRoom == 0)
  }

  /// A TCP connection that breaks off is no closing: only the caller knows of it.
  @Test func brokenOffIsNotClosed() throws {
    let server = try TestServer("rsa", pki: pki)
    let link = try link(server)
    server.stop()
    #expect(throws: Link.EndOfStream.self) { try link.exchange([], expecting: 1) }
    #expect(link.client.backend.advance() == .open)
  }

  @Test func closingSendsOneAlertAndEnds() throws {
    let link = try link(TestServer("rsa", pki: pki))
    link.client.backend.close()
    #expect(link.client.backend.advance() == .idle)
    let alert = link.client.recordsToSend
    #expect(alert.count == 31)
    #expect(alert.prefix(3) == [21, 3, 3])
    link.client.backend.close()
    #expect(link.client.recordsToSend == alert)
    #expect(try link.client.backend.write([1].span) == 0)
    try link.flush()
    link.client.backend.reset()
    #expect(link.client.recordsToSend.isEmpty)
  }

  @Test func writesUntilRecordsHaveToGo() throws {
    let link = try link(TestServer("rsa", pki: pki))
    let text = [UInt8](repeating: 97, count: 5_000)
    let first = try link.client.backend.write(text.span)
    #expect(first > 800 && first < 1_024)
    #expect(try link.client.backend.write(text.span) == 0)
    #expect(try link.client.backend.write([97].span) == 0)
    // A closing alert has room all the same.
    let count = link.client.recordsToSend.count
    link.client.backend.close()
    #expect(link.client.recordsToSend.count == count + 31)
  }

  @Test func opensAgainAndAgain() throws {
    let server = try TestServer("ec", pki: pki)
    let client = try Client(roots: roots)
    for round in 0..<3 {
      try client.open("server.test")
      let link = try Link(client, to: server)
      #expect(try link.handshake() == .open)
      #expect(try link.exchange([65, 66, 10], expecting: 3) == [66, 65, 10])
      if round == 1 { client.backend.reset() }
    }
  }

  /// The server asks to negotiate anew: it is refused, and the connection goes on.
  @Test func refusesRenegotiation() throws {
    let server = try TestServer("rsa", "-tls1_2", pki: pki)
    let link = try link(server)
    try server.type("r\n")
    while link.client.recordsToSend.isEmpty {
      try link.fill()
      #expect(link.client.backend.advance() == .open)
    }
    #expect(link.client.recordsToSend.prefix(3) == [21, 3, 3])
    #expect(link.client.backend.advance() == .open)
  }

  @Test func manySessionsShareRoots() async throws {
    let server = try TestServer("ec", "-www", pki: pki)
    let roots = roots
    try await withThrowingTaskGroup(of: SecureStreamProgress.self) { group in
      for _ in 0..<16 {
        group.addTask {
          let client = try Client(roots: roots)
          try client.open("server.test")
          return try Link(client, to: server).handshake()
        }
      }
      for try await progress in group { #expect(progress == .open) }
    }
  }
}
