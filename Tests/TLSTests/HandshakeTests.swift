import MbedTLSAdapter
import MbedTLSTestSupport
import TLS
import Testing

/// Handshakes with OpenSSL's server.
@Suite struct HandshakeTests {
  private let pki: TestPKI
  private let roots: Roots

  init() throws {
    pki = try TestPKI.shared.get()
    roots = try Roots(
      ["rsa-root", "ec-root", "short-root", "weak-root"].map(pki.certificate))
  }

  /// What becomes of a handshake with a server of the certificate `name`.
  private func outcome(
    _ name: String, host: String = "server.test", at seconds: Int64 = Client.usualTime,
    _ arguments: String = "-rev", roots: Roots? = nil
  ) throws -> SecureStreamProgress {
    let server = try TestServer(name, arguments, pki: pki)
    let client = try Client(roots: roots ?? self.roots)
    try client.open(host, at: seconds)
    return try Link(client, to: server).handshake()
  }

  @Test(arguments: ["rsa", "ec", "p384"])
  func opens(name: String) throws {
    #expect(try outcome(name) == .open)
  }

  @Test(arguments: [
    "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384",
  ])
  func opensWithEachSuite(suite: String) throws {
    #expect(try outcome("rsa", "-rev -cipher \(suite)") == .open)
    let forECDSA = suite.replacing("RSA", with: "ECDSA")
    #expect(try outcome("ec", "-rev -cipher \(forECDSA)") == .open)
  }

  @Test func opensOnP384WhenTheServerInsists() throws {
    #expect(try outcome("rsa", "-rev -groups P-384") == .open)
  }

  @Test func opensThroughAnIntermediate() throws {
    #expect(try outcome("below-middle", "-rev -cert_chain middle.pem") == .open)
    #expect(try outcome("below-middle") == .failed(.unknownRoot))
  }

  @Test(arguments: ["server.test", "SERVER.Test", "127.0.0.1"])
  func knowsTheServerByName(host: String) throws {
    #expect(try outcome("ec", host: host) == .open)
  }

  @Test(arguments: ["other.test", "server.tes", "a.server.test", "127.0.0.2", "test", "server"])
  func refusesAnotherName(host: String) throws {
    #expect(try outcome("ec", host: host) == .failed(.wrongHost))
  }

  @Test(arguments: [
    ("a.wild.test", true), ("A.WILD.TEST", true), ("wild.test", false),
    ("a.b.wild.test", false), ("a.tame.test", false),
  ])
  func starStandsForOneLabel(host: String, matches: Bool) throws {
    #expect(try outcome("wild", host: host) == (matches ? .open : .failed(.wrongHost)))
  }

  /// A star for all of a domain's names, inside a label, behind another one, or alone.
  @Test(arguments: ["server.test", "sun.wide.test", "a.b.wide.test", "server"])
  func refusesOtherStars(host: String) throws {
    #expect(try outcome("wide", host: host) == .failed(.wrongHost))
  }

  /// The common name says `server.test`, but nothing is read there.
  @Test func refusesCommonNameOnly() throws {
    #expect(try outcome("cn-only") == .failed(.wrongHost))
  }

  @Test func refusesUnknownRoot() throws {
    let other = try Roots([pki.certificate("rsa-root")])
    #expect(try outcome("ec", roots: other) == .failed(.unknownRoot))
    #expect(try outcome("ec", roots: Roots([])) == .failed(.unknownRoot))
  }

  @Test(arguments: [
    ("short-key", "-rev -cipher ALL:@SECLEVEL=0"), ("sha1", "-rev -cipher ALL:@SECLEVEL=0"),
    ("below-weak", "-rev"),
  ])
  func refusesWeakness(name: String, arguments: String) throws {
    #expect(try outcome(name, arguments) == .failed(.weakCertificate))
  }

  @Test(arguments: ["authority", "client-only"])
  func refusesUnfitCertificates(name: String) throws {
    #expect(try outcome(name) == .failed(.unacceptableCertificate))
  }

  @Test func refusesAnIssuerThatIsNoAuthority() throws {
    #expect(try outcome("below-leaf", "-rev -cert_chain ec.pem") == .failed(.unknownRoot))
  }

  @Test(arguments: [
    "-rev -tls1_3", "-rev -tls1_1 -cipher ALL:@SECLEVEL=0", "-rev -cipher AES128-SHA",
    "-rev -cipher ECDHE-RSA-AES128-SHA256", "-rev -cipher AES128-GCM-SHA256",
    "-rev -cipher DHE-RSA-AES128-GCM-SHA256", "-rev -groups X25519",
  ])
  func hasNothingInCommon(arguments: String) throws {
    #expect(try outcome("rsa", arguments) == .failed(.noCommonParameters))
  }

  /// We do not offer the curve of this server's key, so that it has nothing to sign with.
  @Test func hasNoCurveInCommon() throws {
    #expect(try outcome("p521") == .failed(.noCommonParameters))
  }
}
