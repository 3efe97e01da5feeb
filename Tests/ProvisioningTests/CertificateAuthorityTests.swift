import Foundation
import Provisioning
import Testing
import X509

@Suite struct CertificateAuthorityTests {
  private static let now = Date()

  @Test(arguments: KeyKind.allCases, [true, false])
  func chainIsGoodForItsNamesAndAddress(kind: KeyKind, hasIntermediate: Bool) async throws {
    let authority = try CertificateAuthority(kind: kind, intermediate: hasIntermediate)
    let identity = try authority.issue(
      names: ["localhost", "mqtt.swiftlet.test"], addresses: ["127.0.0.1"])
    #expect(identity.chainDER.count == (hasIntermediate ? 2 : 1))
    #expect(try await isAccepted(identity, name: "localhost"))
    #expect(try await isAccepted(identity, name: "mqtt.swiftlet.test"))
    #expect(try await isAccepted(identity, address: "127.0.0.1"))
    #expect(try await !isAccepted(identity, name: "mqtt.example.test"))
    #expect(try await !isAccepted(identity, address: "127.0.0.2"))
  }

  @Test func leafOfTheOtherKind() async throws {
    let identity = try CertificateAuthority(kind: .ec).issue(names: ["localhost"], kind: .rsa)
    #expect(identity.privateKeyPEM.contains("BEGIN PRIVATE KEY"))
    #expect(try await isAccepted(identity, name: "localhost"))
  }

  @Test func badOnesAreRefused() async throws {
    let authority = try CertificateAuthority(kind: .ec)
    let expired = try authority.issue(names: ["localhost"], validity: .expired(at: Self.now))
    #expect(try await !isAccepted(expired, name: "localhost"))
    let future = try authority.issue(names: ["localhost"], validity: .future(at: Self.now))
    #expect(try await !isAccepted(future, name: "localhost"))
    let commonName = try Certificate(
      derEncoded: authority.issue(names: ["localhost"], shape: .commonNameOnly).chainDER[0])
    #expect(try commonName.extensions.subjectAlternativeNames == nil)
    #expect(commonName.subject.description.contains("CN=localhost"))
    let leaf = try Certificate(
      derEncoded: authority.issue(names: ["localhost"], shape: .authority).chainDER[0])
    #expect(
      try leaf.extensions.basicConstraints == .isCertificateAuthority(maxPathLength: nil))
  }

  @Test func anotherAuthorityOfTheSameNameDoesNotVouch() async throws {
    let identity = try CertificateAuthority(kind: .ec).issue(names: ["localhost"])
    let other = try CertificateAuthority(kind: .ec)
    #expect(try await !isAccepted(identity, root: other.rootDER, name: "localhost"))
  }

  @Test func textsThatAreNoNamesAreNamed() throws {
    let authority = try CertificateAuthority(kind: .ec, intermediate: false)
    #expect(throws: CertificateRequestError.noName) { try authority.issue(names: []) }
    #expect(throws: CertificateRequestError.notHostName("a b")) {
      try authority.issue(names: ["a b"])
    }
    #expect(throws: CertificateRequestError.notAddress("127.0.0")) {
      try authority.issue(names: ["a"], addresses: ["127.0.0"])
    }
  }

  @Test func descriptionKeepsTheSecret() throws {
    let identity = try CertificateAuthority(kind: .ec, intermediate: false)
      .issue(names: ["localhost"])
    var dumped = ""
    dump(identity, to: &dumped)
    #expect(identity.description.contains("localhost"))
    #expect(!"\(identity)\(String(reflecting: identity))\(dumped)".contains("PRIVATE"))
  }

  /// True if swift-certificates, which knows nothing of us but the bytes, accepts the chain.
  private func isAccepted(
    _ identity: ServerIdentity, root: [UInt8]? = nil, name: String? = nil, address: String? = nil
  ) async throws -> Bool {
    let roots = CertificateStore([try Certificate(derEncoded: root ?? identity.rootDER)])
    var verifier = Verifier(rootCertificates: roots) {
      RFC5280Policy()
      ServerIdentityPolicy(serverHostname: name, serverIP: address)
    }
    let rest = try identity.chainDER.dropFirst().map { try Certificate(derEncoded: $0) }
    let result = await verifier.validate(
      leaf: try Certificate(derEncoded: identity.chainDER[0]),
      intermediates: CertificateStore(rest))
    switch result {
    case .validCertificate: return true
    case .couldNotValidate: return false
    }
  }
}
