import Crypto
import Foundation
import Provisioning
import Synchronization
import Testing

@Suite struct DeviceIdentityTests {
  @Test func identifiers() {
    for id in ["abc", "device-1", "A.b_c~d+e%f", String(repeating: "a", count: 255)] {
      #expect(DeviceIdentity.isValid(id: id), "\(id)")
    }
    for id in ["", "ab", "1abc", "..", "../x", "a/b", "abc ", String(repeating: "a", count: 256)] {
      #expect(!DeviceIdentity.isValid(id: id), "\(id)")
    }
  }

  @Test func manyInOrderWithProgress() async throws {
    let ids = (0..<20).map { "device-\($0)" }
    let seen = Mutex<[Int]>([])
    let identities = try await DeviceIdentity.generate(ids: ids, algorithm: .es256) { done, total in
      #expect(total == 20)
      seen.withLock { $0.append(done) }
    }
    #expect(identities.map(\.id) == ids)
    #expect(Set(identities.map(\.publicKeyPEM)).count == 20)
    #expect(seen.withLock { $0 } == Array(1...20))
  }

  @Test func tokenIsSignedByTheKeyInStrictBase64URL() throws {
    let identity = try DeviceIdentity.generate(id: "device-1", algorithm: .es256)
    let token = try identity.token(
      audience: "a/\"b", issuedAt: Date(timeIntervalSince1970: 1_000.9), lifetime: 60)
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    try #require(parts.count == 3)
    #expect(token.utf8.allSatisfy { !"+/=".utf8.contains($0) })
    #expect(try decode(parts[0]) == Data(#"{"alg":"ES256","typ":"JWT"}"#.utf8))
    let claims = try JSONSerialization.jsonObject(with: decode(parts[1])) as? [String: Any]
    #expect(claims?["aud"] as? String == "a/\"b")
    #expect(claims?["iat"] as? Int == 1_000)
    #expect(claims?["exp"] as? Int == 1_060)
    let key = try P256.Signing.PublicKey(pemRepresentation: identity.publicKeyPEM)
    let signature = try P256.Signing.ECDSASignature(rawRepresentation: decode(parts[2]))
    #expect(key.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8)))
  }

  @Test func descriptionKeepsTheSecret() throws {
    let identity = try DeviceIdentity.generate(id: "device-1", algorithm: .es256)
    var dumped = ""
    dump(identity, to: &dumped)
    #expect(identity.description == "device device-1, ES256")
    #expect(!dumped.contains("privateKeyDER"))
  }

  private func decode(_ part: Substring) throws -> Data {
    var text = part.replacing("-", with: "+").replacing("_", with: "/")
    while text.count % 4 != 0 { text += "=" }
    return try #require(Data(base64Encoded: String(text)))
  }
}
