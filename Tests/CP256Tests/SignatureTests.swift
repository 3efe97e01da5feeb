import Cryptography
import Foundation
import MbedTLSTestSupport
import P256TestSupport
import Testing

/// Published signatures, verified as the TLS library verifies, with CP256 at the bottom.
@Suite struct SignatureTests {
  private struct File: Decodable {
    struct Group: Decodable {
      struct Key: Decodable { let uncompressed: String }
      struct Case: Decodable {
        let tcId: Int
        let comment: String
        let msg: String
        let sig: String
        let result: String
      }
      let publicKey: Key
      let tests: [Case]
    }
    let testGroups: [Group]
  }

  @Test func wycheproof() throws {
    let name = "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json"
    guard let data = try Vectors.data(name) else { return }
    let client = try Client()
    let signatureBytes = 64
    var valid = 0
    for group in try JSONDecoder().decode(File.self, from: data).testGroups {
      let key = Array(bytes(hex: group.publicKey.uncompressed).dropFirst())
      for test in group.tests {
        let signature = bytes(hex: test.sig)
        let digest = try client.sha256(bytes(hex: test.msg))
        let isValid =
          signature.count == signatureBytes && p256_test_verify(digest, key, signature) == 0
        #expect(isValid == (test.result == "valid"), "\(test.tcId) \(test.comment)")
        valid += isValid ? 1 : 0
      }
    }
    #expect(valid == 173)
  }
}
