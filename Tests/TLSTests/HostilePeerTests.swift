import AllocationFaults
import MbedTLSAdapter
import MbedTLSTestSupport
import TLS
import Testing

/// Peers that break the rules, and memory that runs out.
@Suite struct HostilePeerTests {
  private let pki: TestPKI
  private let roots: Roots

  init() throws {
    pki = try TestPKI.shared.get()
    roots = try Roots(["rsa-root", "ec-root"].map(pki.certificate))
  }

  /// A client that has sent its first message; its nonce depends on `seed`.
  private func opened(seed: UInt8 = 1) throws -> Client {
    let client = try Client(roots: roots, seeded: false)
    try client.seed([UInt8](repeating: seed, count: 48))
    try client.open("server.test")
    return client
  }

  /// What becomes of a client that is sent `records` in answer to its first message.
  private func outcome(_ records: [UInt8], inPiecesOf length: Int = .max) throws
    -> SecureStreamProgress
  {
    try opened().receive(records, inPiecesOf: length)
  }

  @Test(arguments: [
    "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\0\0\0\0\0\0\0\0",
  ])
  func garbageFails(text: String) throws {
    for length in [1, 2, 3, 100] {
      #expect(try outcome(Array(text.utf8), inPiecesOf: length) == .failed(.malformed))
    }
  }

  @Test(
    arguments: [
      ([21, 3, 3, 0, 2, 2, 40], SecureStreamFailure.noCommonParameters),
      ([21, 3, 3, 0, 2, 2, 70], .noCommonParameters),
      ([21, 3, 3, 0, 2, 2, 71], .noCommonParameters),
      ([21, 3, 3, 0, 2, 2, 112], .alert(112)),
      ([21, 3, 3, 0, 2, 2, 80], .alert(80)),
      ([21, 3, 3, 0, 2, 1, 0], .closedByPeer),
      // An empty alert, one too long, application data and a changed cipher before the handshake.
      ([21, 3, 3, 0, 0], .malformed),
      ([21, 3, 3, 0, 3, 2, 40, 0], .malformed),
      ([23, 3, 3, 0, 1, 0], .malformed),
      ([20, 3, 3, 0, 1, 1], .malformed),
      // A record longer than TLS allows, and a handshake message longer than any memory.
      ([22, 3, 3, 0xFF, 0xFF], .malformed),
      ([22, 3, 3, 0, 4, 2, 0xFF, 0xFF, 0xFF], .malformed),
    ] as [([UInt8], SecureStreamFailure)])
  func answersToTheFirstMessage(records: [UInt8], failure: SecureStreamFailure) throws {
    for length in 1...records.count {
      let outcome = try outcome(records, inPiecesOf: length)
      #expect(outcome == .failed(failure), "in pieces of \(length)")
    }
  }

  @Test func failureIsSticky() throws {
    let client = try opened()
    #expect(client.receive([21, 3, 3, 0, 2, 2, 80], inPiecesOf: 7) == .failed(.alert(80)))
    #expect(client.recordRoom == 0)
    #expect(client.backend.advance() == .failed(.alert(80)))
    #expect(throws: SecureStreamFailure.alert(80)) { try client.backend.write([1].span) }
    client.backend.close()
    #expect(client.backend.advance() == .failed(.alert(80)))
    client.backend.reset()
    #expect(client.backend.advance() == .idle)
    try client.open("server.test")
    #expect(client.backend.advance() == .handshaking)
  }

  /// A server's first flight, taken from a real handshake, with each byte changed in turn.
  ///
  /// Unchanged it fails too, at the key exchange: its signature covers the other client's nonce.
  @Test(arguments: ["rsa", "ec"])
  func noChangedByteOpens(name: String) throws {
    let server = try TestServer(name, pki: pki)
    let link = try Link(try opened(seed: 2), to: server)
    #expect(try link.handshake() == .open)
    let flight = link.received
    let unchanged = try outcome(flight)
    #expect(unchanged == .failed(.malformed))
    for index in flight.indices {
      var changed = flight
      changed[index] ^= 0xFF
      let progress = try outcome(changed)
      #expect(progress != .open && progress != .idle, "byte \(index)")
      if case .failed(.internalFailure(let code)) = progress {
        Issue.record("byte \(index): code -0x\(String(-code, radix: 16))")
      }
    }
  }

  @Test func changedDataFails() throws {
    let server = try TestServer("rsa", pki: pki)
    let link = try Link(try opened(), to: server)
    #expect(try link.handshake() == .open)
    let record = [23, 3, 3, 0, 30] + [UInt8](repeating: 1, count: 30)
    #expect(link.client.receive(record, inPiecesOf: 9) == .failed(.malformed))
  }

  @Test(arguments: [
    "", ".", "a..b", ".a", "a.", "a b", "a\0b", "ä.test", "*.test", "1.2.3", "1.2.3.4.5",
    "1.2.3.256", "01.2.3.4", "1.2.3.", "[::1]", "a.123",
    String(repeating: "a", count: 64) + ".test",
    String(repeating: "abcdefg.", count: 32) + "test",
  ])
  func refusesWhatIsNoHost(host: String) throws {
    let client = try Client(roots: roots)
    #expect(throws: SecureStreamFailure.hostNameMissing) { try client.open(host) }
    #expect(client.backend.advance() == .failed(.hostNameMissing))
    #expect(client.recordsToSend.isEmpty)
  }

  @Test func refusesToOpenUnseeded() throws {
    let client = try Client(roots: roots, seeded: false)
    #expect(throws: SecureStreamFailure.notSeeded) { try client.open("server.test") }
    try client.seed([UInt8](0..<48))
    try client.open("server.test")
  }

  /// Each allocation of a connection is refused once, in a sample of the thousands there are.
  ///
  /// The library of Debian goes on after some refusals (CVE-2025-27810); we never do.
  @Test(arguments: ["rsa", "ec"])
  func refusedMemoryAlwaysFails(name: String) throws {
    let server = try TestServer(name, pki: pki)
    let client = try Client(roots: roots)
    var allowed: Int64 = 0
    var count = 0
    while true {
      let link = try Link(client, to: server)
      var outcome: SecureStreamProgress
      allocation_faults_arm(allowed)
      do {
        try client.open("server.test")
        outcome = try link.handshake()
      } catch let failure as SecureStreamFailure {
        outcome = .failed(failure)
      }
      let wasRefused = allocation_faults_disarm() != 0
      #expect(outcome == (wasRefused ? .failed(.outOfMemory) : .open), "allocation \(allowed)")
      guard wasRefused else { break }
      allowed += 1 + allowed / 40
      count += 1
    }
    #expect(count > 100)
  }
}
