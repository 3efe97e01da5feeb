import MbedTLSAdapter
import MbedTLSTestSupport
import TLS
import Testing

/// Servers that ask for the device's certificate.
@Suite struct MutualTLSTests {
  private let pki: TestPKI
  private let client: Client

  init() throws {
    pki = try TestPKI.shared.get()
    client = try Client(roots: Roots(["rsa-root", "ec-root"].map(pki.certificate)))
  }

  private func link() throws -> Link {
    let server = try TestServer(
      "rsa", "-rev -Verify 1 -verify_return_error -no_check_time -CAfile ec-root.pem", pki: pki)
    try client.open("server.test")
    return try Link(client, to: server)
  }

  /// An EC client at an RSA server: both families in one handshake.
  @Test func opensWithTheDevicesCertificate() throws {
    try client.useKey(pki.folder.bytes("client.der"))
    try client.useCertificate(pki.certificate("client"))
    let link = try link()
    #expect(try link.handshake() == .open)
    #expect(try link.exchange([65, 66, 10], expecting: 3) == [66, 65, 10])
  }

  @Test func isRefusedWithoutOne() throws {
    let link = try link()
    guard case .failed(.alert(let alert)) = try link.handshake() else {
      Issue.record("no alert")
      return
    }
    // handshake_failure, or certificate_required where a server borrows that of TLS 1.3.
    #expect(alert == 40 || alert == 116)
  }
}
