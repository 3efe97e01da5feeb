import MbedTLSAdapter
import MbedTLSTestSupport
import Testing

@Suite struct RootsTests {
  @Test func takesCertificates() throws {
    let pki = try TestPKI.shared.get()
    #expect(try Roots([]).count == 0)
    #expect(try Roots(["rsa-root", "ec-root"].map(pki.certificate)).count == 2)
  }

  @Test func refusesEveryTruncation() throws {
    let certificate = try TestPKI.shared.get().certificate("ec-root")
    for count in 0..<certificate.count {
      #expect(throws: MbedTLSRoots.Failure.malformed) {
        try Roots([Array(certificate.prefix(count))])
      }
    }
    // Text is refused as well, whatever the library was built to read.
    #expect(throws: MbedTLSRoots.Failure.malformed) {
      try Roots([Array("-----BEGIN CERTIFICATE-----\n".utf8)])
    }
  }
}
