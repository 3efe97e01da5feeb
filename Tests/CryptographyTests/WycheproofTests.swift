import Cryptography
import Foundation
import MbedTLSAdapter
import MbedTLSTestSupport
import Testing

/// A file of Wycheproof vectors, as far as we use it.
private struct VectorFile<Group: Decodable>: Decodable {
  let testGroups: [Group]
}

private struct SignatureCase: Decodable {
  let tcId: Int
  let comment: String
  let msg: String
  let sig: String
  let result: String
}

private struct ECGroup: Decodable {
  struct Key: Decodable { let uncompressed: String }
  let publicKey: Key
  let tests: [SignatureCase]
}

private struct RSAGroup: Decodable {
  struct Key: Decodable {
    let modulus: String
    let publicExponent: String
  }
  let publicKey: Key
  let tests: [SignatureCase]
}

private struct HMACGroup: Decodable {
  struct Case: Decodable {
    let tcId: Int
    let comment: String
    let key: String
    let msg: String
    let tag: String
    let result: String
  }
  let tagSize: Int
  let tests: [Case]
}

@Suite struct WycheproofTests {
  /// The groups of a file; none where there are no vectors.
  private func groups<Group: Decodable>(_ name: String, _ type: Group.Type) throws -> [Group] {
    guard let data = try Vectors.data("wycheproof/\(name).json") else { return [] }
    return try JSONDecoder().decode(VectorFile<Group>.self, from: data).testGroups
  }

  @Test func es256() throws {
    let client = try Client()
    var valid = 0
    let groups = try groups("ecdsa_secp256r1_sha256_p1363_test", ECGroup.self)
    for group in groups {
      let key = bytes(hex: group.publicKey.uncompressed)
      for test in group.tests {
        let isValid = client.verifyES256(
          bytes(hex: test.sig), of: bytes(hex: test.msg), key: key)
        #expect(isValid == (test.result == "valid"), "\(test.tcId) \(test.comment)")
        valid += isValid ? 1 : 0
      }
    }
    #expect(groups.isEmpty || valid == 173)
  }

  /// The one acceptable vector leaves out the NULL of the algorithm; we accept one encoding only.
  @Test func rs256() throws {
    let client = try Client()
    var valid = 0
    let groups = try groups("rsa_signature_2048_sha256_test", RSAGroup.self)
    for group in groups {
      // A sign byte of zero stands in front, which our numbers do not have.
      let modulus = Array(bytes(hex: group.publicKey.modulus).drop { $0 == 0 })
      let exponent = bytes(hex: group.publicKey.publicExponent)
      for test in group.tests {
        let isValid = client.verifyRS256(
          bytes(hex: test.sig), of: bytes(hex: test.msg), modulus: modulus,
          exponent: exponent)
        #expect(isValid == (test.result == "valid"), "\(test.tcId) \(test.comment)")
        valid += isValid ? 1 : 0
      }
    }
    #expect(groups.isEmpty || valid == 9)
  }

  @Test func hmacSHA256() throws {
    let client = try Client()
    var valid = 0
    let groups = try groups("hmac_sha256_test", HMACGroup.self)
    for group in groups {
      for test in group.tests {
        let code = try client.hmacSHA256(bytes(hex: test.msg), key: bytes(hex: test.key))
        let isValid = Array(code.prefix(group.tagSize / 8)) == bytes(hex: test.tag)
        #expect(isValid == (test.result == "valid"), "\(test.tcId) \(test.comment)")
        valid += isValid ? 1 : 0
      }
    }
    #expect(groups.isEmpty || valid == 66)
  }
}
