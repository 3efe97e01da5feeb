import AllocationFaults
import MbedTLSAdapter
import MbedTLSTestSupport
import ScriptedServer
import TLS
import Testing

/// Servers that break the rules of resumption, and memory that runs out meanwhile.
@Suite struct HostileResumptionTests {
  private let pki: TestPKI
  private let client: Client
  private let server: MisbehavingServer

  init() throws {
    pki = try TestPKI.shared.get()
    client = try Client(roots: Roots(["rsa-root", "ec-root"].map(pki.certificate)))
    server = try MisbehavingServer("ec", pki: pki)
  }

  /// What becomes of a handshake with the server, which behaves as told.
  private func handshake(
    at seconds: Int64 = Client.usualTime, _ adjust: (inout scripted_conduct) -> Void = { _ in }
  ) throws -> SecureStreamProgress {
    try server.accept {
      $0.has_cache = 1
      adjust(&$0)
    }
    try client.open("server.test", at: seconds)
    return server.shakeHands(with: client)
  }

  /// True if a handshake came to its end, data arrives, and a session was resumed.
  private func isResumed(
    at seconds: Int64 = Client.usualTime, _ adjust: (inout scripted_conduct) -> Void
  ) throws -> Bool {
    #expect(try handshake(at: seconds, adjust) == .open)
    #expect(try server.says([1, 2, 3], to: client))
    return client.wasResumed
  }

  /// By a ticket, and by an identifier.
  private static let ways: [UInt32] = [180, 0]

  @Test(arguments: ways) func resumesWhereTheServerObeys(ticketLength: UInt32) throws {
    for round in 0..<3 {
      let isResumed = try isResumed {
        $0.ticket_length = ticketLength
        $0.resumes = 1
      }
      #expect(isResumed == (round > 0))
    }
  }

  /// The client has offered nothing, and is told that its session goes on.
  @Test func resumptionOfNothing() throws {
    #expect(
      try handshake {
        $0.claims_resumption = 1
        $0.other_identifier = 1
      } == .failed(.malformed))
    #expect(!client.wasResumed)
  }

  /// The server says that it resumes the session, and does not know its secret.
  @Test(arguments: ways) func resumptionWithoutTheSecret(ticketLength: UInt32) throws {
    #expect(try !isResumed { $0.ticket_length = ticketLength })
    #expect(
      try handshake {
        $0.ticket_length = ticketLength
        $0.claims_resumption = 1
      } == .failed(.malformed))
    // The session is gone (RFC 5246 section 7.2.2).
    #expect(
      try !isResumed {
        $0.ticket_length = ticketLength
        $0.resumes = 1
      })
  }

  /// The server resumes, and says so of another session than the one that was offered.
  @Test(arguments: ways) func otherIdentifier(ticketLength: UInt32) throws {
    #expect(try !isResumed { $0.ticket_length = ticketLength })
    #expect(
      try handshake {
        $0.ticket_length = ticketLength
        $0.resumes = 1
        $0.other_identifier = 1
      } == .failed(.malformed))
    // A full handshake may have any identifier.
    #expect(try !isResumed { $0.other_identifier = 1 })
  }

  /// RFC 5246 section 7.4.1.3: a session keeps its suite.
  @Test(arguments: ways) func otherSuite(ticketLength: UInt32) throws {
    #expect(try !isResumed { $0.ticket_length = ticketLength })
    #expect(
      try handshake {
        $0.ticket_length = ticketLength
        $0.claims_resumption = 1
        $0.other_suite = 1
      } == .failed(.malformed))
  }

  /// RFC 7627 section 5.3: without an extended master secret nothing is resumed.
  @Test(arguments: ways) func withoutExtendedSecret(ticketLength: UInt32) throws {
    for _ in 0..<2 {
      let isResumed = try isResumed {
        $0.ticket_length = ticketLength
        $0.resumes = 1
        $0.denies_extended_secret = 1
      }
      #expect(!isResumed)
    }
    #expect(
      try !isResumed {
        $0.ticket_length = ticketLength
        $0.resumes = 1
      })
    // Neither is one that had it by an answer without it.
    #expect(
      try handshake {
        $0.ticket_length = ticketLength
        $0.resumes = 1
        $0.denies_extended_secret = 1
      } == .failed(.malformed))
    #expect(!server.isOpen)
  }

  /// Each byte of the server's answer is changed in turn, in a handshake that is right otherwise.
  @Test(arguments: ways) func noChangedByteOpens(ticketLength: UInt32) throws {
    let conduct: (inout scripted_conduct) -> Void = {
      $0.has_cache = 1
      $0.ticket_length = ticketLength
      $0.resumes = 1
      $0.renews = ticketLength > 0 ? 1 : 0
    }
    /// Resumes with the byte `index` changed; returns how many came.
    func resume(changing index: Int) throws -> (SecureStreamProgress, Int) {
      try server.accept(conduct)
      try client.open("server.test")
      var count = 0
      let progress = server.shakeHands(with: client) { before, bytes in
        count = before + bytes.count
        if (before..<count).contains(index) { bytes[index - before] ^= 0xFF }
      }
      return (progress, count)
    }

    #expect(try !isResumed(conduct))
    let (unchanged, count) = try resume(changing: -1)
    #expect(unchanged == .open && client.wasResumed)
    #expect(count > 100)
    client.backend.forgetSession()
    for index in 0..<count {
      #expect(try !isResumed(conduct), "the byte before \(index) has left a session")
      let progress = try resume(changing: index).0
      switch progress {
      case .failed(.internalFailure(let code)):
        Issue.record("byte \(index): code -0x\(String(-code, radix: 16))")
      case .failed: break
      // It waits for the rest of a record that has become longer.
      case .handshaking: client.backend.forgetSession()
      case .idle, .open: Issue.record("byte \(index): \(progress)")
      }
    }
  }
}

// MARK: - Tickets

extension HostileResumptionTests {
  /// The longest ticket that is kept, and one byte more.
  @Test func ticketsAreBounded() throws {
    for (length, isKept) in [(1, true), (1_024, true), (1_025, false), (15_000, false)] {
      for round in 0..<3 {
        let isResumed = try isResumed {
          $0.ticket_length = UInt32(length)
          $0.resumes = 1
        }
        #expect(isResumed == (isKept && round > 0), "\(length) bytes")
      }
      client.backend.forgetSession()
    }
  }

  /// A ticket that is renewed with each connection, and in the end by one that is too long.
  @Test func ticketsAreRenewed() throws {
    for (round, length) in [100, 200, 300, 1_025, 100].enumerated() {
      let isResumed = try isResumed {
        $0.ticket_length = UInt32(length)
        $0.resumes = 1
        $0.renews = 1
      }
      #expect(isResumed == (1...3).contains(round))
    }
  }

  /// A renewed ticket has a limit of its own; the age of the session counts on.
  @Test func renewedTicketLastsLonger() throws {
    let start = Client.usualTime
    for (seconds, wasResumed) in [
      (0, false), (100, true), (200, true), (301, false), (86_401, false), (86_500, true),
    ] as [(Int64, Bool)] {
      let isResumed = try isResumed(at: start + seconds) {
        $0.ticket_length = 100
        $0.ticket_lifetime = 100
        $0.resumes = 1
        $0.renews = 1
      }
      #expect(isResumed == wasResumed, "\(seconds)")
    }
    client.backend.forgetSession()
    for (seconds, wasResumed) in [
      (0, false), (50_000, true), (86_400, true), (86_401, false),
    ] as [(Int64, Bool)] {
      let isResumed = try isResumed(at: start + seconds) {
        $0.ticket_length = 100
        $0.resumes = 1
        $0.renews = 1
      }
      #expect(isResumed == wasResumed, "\(seconds)")
    }
  }

  /// The server stops to give tickets: the old one must not go with the new session's secret.
  @Test func declinedTicketIsDropped() throws {
    for (round, ticketLength) in ([100, 0, 100, 100] as [UInt32]).enumerated() {
      let isResumed = try isResumed {
        $0.has_cache = 0
        $0.ticket_length = ticketLength
        $0.resumes = 1
      }
      #expect(isResumed == (round == 3))
    }
  }
}

// MARK: - Memory

extension HostileResumptionTests {
  /// A handshake in which the allocation after `allowed` others is refused; true if there was one.
  private func handshake(
    _ server: TestServer, allowed: Int64
  ) throws -> (outcome: SecureStreamProgress, wasRefused: Bool) {
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
    // OpenSSL forgets the identifier of a connection that ends without a farewell.
    client.backend.close()
    if outcome == .open { try link.flush() }
    return (outcome, wasRefused)
  }

  /// Each allocation of a resumed handshake is refused once.
  ///
  /// One that only serves to offer the session makes the handshake a full one, as the refusal of no
  /// other does.
  @Test(arguments: [("-rev", 1), ("-rev -no_ticket", 0)])
  func refusedMemoryWhileResuming(arguments: String, declined: Int) throws {
    let server = try TestServer("ec", arguments, pki: pki)
    var fullCount = 0
    for allowed in 0..<1_000 as Range<Int64> {
      client.backend.forgetSession()
      #expect(try handshake(server, allowed: .max).outcome == .open)
      let (outcome, wasRefused) = try handshake(server, allowed: allowed)
      guard wasRefused else {
        #expect(outcome == .open && client.wasResumed)
        #expect(allowed > 10)
        break
      }
      if outcome == .open {
        #expect(!client.wasResumed)
        fullCount += 1
      } else {
        #expect(outcome == .failed(.outOfMemory), "allocation \(allowed)")
      }
      #expect(try handshake(server, allowed: .max).outcome == .open)
    }
    #expect(fullCount == declined)
  }

  /// A ticket for which there is no memory costs one handshake: the next does without tickets.
  @Test func refusedMemoryForTheTicket() throws {
    let server = try TestServer("ec", pki: pki)
    /// Shakes hands, with the first allocation after our second flight refused or not.
    func handshake(refuses: Bool) throws -> (SecureStreamProgress, asksForTicket: Bool) {
      try client.open("server.test")
      let link = try Link(client, to: server)
      var progress = client.backend.advance()
      // The extension for a ticket, empty (RFC 5077 section 3.2).
      let asksForTicket = client.recordsToSend.contains([0, 35, 0, 0])
      var flights = 0
      while progress == .handshaking {
        if !client.recordsToSend.isEmpty { flights += 1 }
        try link.flush()
        try link.fill()
        if refuses, flights == 2 { allocation_faults_arm(0) }
        progress = client.backend.advance()
        if refuses, flights == 2 { #expect(allocation_faults_disarm() != 0) }
      }
      // OpenSSL forgets the identifier of a connection that ends without a farewell.
      client.backend.close()
      if progress == .open { try link.flush() }
      return (progress, asksForTicket)
    }
    #expect(try handshake(refuses: true) == (.failed(.outOfMemory), true))
    // This goes on while the host is the same.
    #expect(try handshake(refuses: false) == (.open, false))
    #expect(!client.wasResumed)
    #expect(try handshake(refuses: false) == (.open, false))
    #expect(client.wasResumed, "by identifier")
    client.backend.forgetSession()
    #expect(try handshake(refuses: false) == (.open, true))
  }
}
