import AllocationFaults
import MbedTLSAdapter
import MbedTLSTestSupport
import TLS
import Testing

/// Sessions that outlive the power.
@Suite struct SessionExportTests {
  private let pki: TestPKI
  private let roots: Roots

  init() throws {
    pki = try TestPKI.shared.get()
    roots = try Roots(["rsa-root", "ec-root"].map(pki.certificate))
  }

  /// A device that has just been started.
  private func started(roots: Roots? = nil, key: String? = "client.der") throws -> Client {
    let client = try Client(roots: roots ?? self.roots)
    if let key { try client.useKey(pki.folder.bytes(key)) }
    return client
  }

  /// True if a connection resumed a session.
  private func isResumed(
    _ client: Client, _ server: TestServer, at seconds: Int64 = Client.usualTime
  ) throws -> Bool {
    try client.open("server.test", at: seconds)
    let link = try Link(client, to: server)
    #expect(try link.handshake() == .open)
    client.backend.close()
    try link.flush()
    return client.wasResumed
  }

  /// The session of a full handshake with `server`.
  private func session(_ server: TestServer, key: String = "client.der") throws -> [UInt8] {
    let client = try started(key: key)
    #expect(try !isResumed(client, server))
    client.backend.reset()
    return try client.exportSession()
  }

  @Test(arguments: ["-rev", "-rev -no_ticket"], ["client.der", "rsa.der"])
  func survivesTheDevice(arguments: String, key: String) throws {
    let server = try TestServer("ec", arguments, pki: pki)
    let bytes = try session(server, key: key)
    let client = try started(key: key)
    for _ in 0..<2 {
      try client.importSession(bytes)
      #expect(try isResumed(client, server))
      client.backend.reset()
    }
    // Once it is there it goes on like any other.
    #expect(try isResumed(client, server))
    client.backend.forgetSession()
    #expect(try !isResumed(client, server))
  }

  @Test func isTheSameWhileOpenAndAfterwards() throws {
    let server = try TestServer("ec", pki: pki)
    let client = try started()
    #expect(try client.exportSession().isEmpty)
    /// The session while its connection is open, which ends with this function.
    func exportWhileOpen() throws -> [UInt8] {
      try client.open("server.test")
      let link = try Link(client, to: server)
      #expect(try client.exportSession().isEmpty)
      #expect(try link.handshake() == .open)
      let bytes = try client.exportSession()
      #expect(try link.exchange([65, 66, 10], expecting: 3) == [66, 65, 10])
      return bytes
    }
    let first = try exportWhileOpen()
    client.backend.reset()
    let second = try client.exportSession()
    #expect(first.count == second.count)
    #expect(first.count > 141 && first.count <= MbedTLSBackend.exportedSessionByteMaximum)
    // No byte beyond the version is that of the other by rule: the nonce is another.
    let same = zip(first, second).count { $0 == $1 }
    #expect(first != second && same < first.count / 8)
    for bytes in [first, second] {
      let next = try started()
      try next.importSession(bytes)
      #expect(try isResumed(next, server))
    }
    // Offered, and not known to be good.
    try client.open("server.test")
    #expect(try client.exportSession().isEmpty)
  }

  @Test func limitsStay() throws {
    let server = try TestServer("ec", "-rev -no_ticket", pki: pki)
    let bytes = try session(server)
    for (seconds, wasResumed) in [(-1, false), (0, true), (86_400, true), (86_401, false)]
      as [(Int64, Bool)]
    {
      let client = try started()
      try client.importSession(bytes)
      #expect(try isResumed(client, server, at: Client.usualTime + seconds) == wasResumed)
    }
  }

  @Test func isOfNoUseToOthers() throws {
    let server = try TestServer("ec", pki: pki)
    let bytes = try session(server)
    let other = try Roots(["ec-root", "rsa-root"].map(pki.certificate))
    for client in [try started(roots: other), try started(key: "ec.der")] {
      #expect(throws: SessionImportFailure.refused) { try client.importSession(bytes) }
    }
    let keyless = try started(key: nil)
    #expect(throws: SessionImportFailure.noKey) { try keyless.importSession(bytes) }
    let client = try started()
    for host in ["127.0.0.1", "server.tesu"] {
      #expect(throws: SessionImportFailure.refused) {
        try client.importSession(bytes, host: host)
      }
    }
    #expect(throws: SessionImportFailure.hostNameMissing) {
      try client.importSession(bytes, host: "1.2.3")
    }
    try client.importSession(bytes)
    // Refusal leaves no session.
    #expect(throws: SessionImportFailure.refused) { try client.importSession([]) }
    #expect(try !isResumed(client, server))
  }

  @Test(arguments: ["-rev", "-rev -no_ticket"])
  func noChangedByteIsTaken(arguments: String) throws {
    let server = try TestServer("ec", arguments, pki: pki)
    let bytes = try session(server)
    let client = try started()
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        #expect(throws: SessionImportFailure.refused) { try client.importSession(changed) }
        #expect(try client.exportSession().isEmpty)
      }
    }
    for count in bytes.indices {
      #expect(throws: SessionImportFailure.refused) {
        try client.importSession(Array(bytes.prefix(count)))
      }
    }
    for count in 1...1_100 {
      #expect(throws: SessionImportFailure.refused) {
        try client.importSession(bytes + [UInt8](repeating: 0, count: count))
      }
    }
    try client.importSession(bytes)
    #expect(try isResumed(client, server))
  }

  @Test func needsRoomAKeyAndASeed() throws {
    let server = try TestServer("ec", pki: pki)
    let client = try started(key: nil)
    #expect(try !isResumed(client, server))
    #expect(throws: SessionExportFailure.noKey) { try client.exportSession() }
    try client.useKey(pki.folder.bytes("client.der"))
    #expect(try client.exportSession().isEmpty, "the key is new")
    #expect(try !isResumed(client, server))
    let length = try client.exportSession().count
    for room in 0..<length {
      #expect(throws: SessionExportFailure.overflow) { try client.exportSession(room: room) }
    }
    #expect(try client.exportSession(room: length).count == length)
    let unseeded = try Client(roots: roots, seeded: false)
    try unseeded.useKey(pki.folder.bytes("client.der"))
    #expect(throws: SessionExportFailure.notSeeded) { try unseeded.exportSession() }
  }

  @Test func refusedMemory() throws {
    let server = try TestServer("ec", pki: pki)
    let client = try started()
    #expect(try !isResumed(client, server))
    var refusals = 0
    var bytes: [UInt8] = []
    for allowed in 0..<100 as Range<Int64> {
      allocation_faults_arm(allowed)
      let result = Result { try client.exportSession() }
      guard allocation_faults_disarm() != 0 else {
        bytes = try result.get()
        break
      }
      refusals += 1
      #expect(throws: SessionExportFailure.outOfMemory) { try result.get() }
    }
    #expect(refusals > 0 && !bytes.isEmpty)
    client.backend.reset()
    for allowed in 0..<100 as Range<Int64> {
      allocation_faults_arm(allowed)
      let result = Result { try client.importSession(bytes) }
      guard allocation_faults_disarm() != 0 else { break }
      refusals += 1
      #expect(throws: SessionImportFailure.outOfMemory) { try result.get() }
      #expect(try client.exportSession().isEmpty)
    }
    #expect(refusals > 1)
    #expect(try isResumed(client, server))
  }
}
