import AllocationFaults
import Cryptography
import MbedTLSAdapter
import MbedTLSTestSupport
import Testing

@Suite struct SigningTests {
  /// A P-256 key in SEC 1, made of the private number alone.
  private func sec1(_ privateKey: String) -> [UInt8] {
    bytes(hex: "30310201010420" + privateKey + "a00a06082a8648ce3d030107")
  }

  /// RFC 6979 A.2.5, with SHA-256.
  @Test(arguments: [
    (
      "sample",
      "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
    ),
    (
      "test",
      "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
        + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
    ),
  ])
  func deterministicES256(message: String, expected: String) throws {
    let client = try Client()
    try client.useKey(sec1("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"))
    #expect(client.signatureAlgorithm == .es256)
    #expect(try client.sign(Array(message.utf8)) == bytes(hex: expected))
    // The generator only blinds: another state gives the same signature.
    #expect(try client.sign(Array(message.utf8)) == bytes(hex: expected))
  }

  @Test(arguments: ["sec1", "pkcs8"])
  func es256RoundTrip(format: String) throws {
    let folder = try TemporaryFolder()
    try OpenSSL.run("ecparam -name prime256v1 -genkey -noout -out k.pem", in: folder.url)
    try OpenSSL.run(
      format == "sec1"
        ? "ec -in k.pem -outform DER -out k.der"
        : "pkcs8 -topk8 -nocrypt -in k.pem -outform DER -out k.der",
      in: folder.url)
    try OpenSSL.run("pkey -in k.pem -pubout -outform DER -out p.der", in: folder.url)
    let publicKey = Array(try folder.bytes("p.der").suffix(65))
    let client = try Client()
    try client.useKey(try folder.bytes("k.der"))
    for length in [0, 1, 55, 56, 64, 1_000] {
      var message = [UInt8](repeating: 3, count: length)
      var signature = try client.sign(message, room: 64)
      #expect(signature.count == 64)
      #expect(
        client.verifyES256(signature, of: message, key: publicKey))
      signature[63] ^= 1
      #expect(
        !client.verifyES256(signature, of: message, key: publicKey))
      signature[63] ^= 1
      message.append(0)
      #expect(
        !client.verifyES256(signature, of: message, key: publicKey))
    }
  }

  @Test(arguments: [2048, 3072])
  func rs256RoundTrip(bits: Int) throws {
    let folder = try TemporaryFolder()
    try OpenSSL.run("genrsa -traditional -out k.pem \(bits)", in: folder.url)
    try OpenSSL.run("rsa -in k.pem -traditional -outform DER -out k.der", in: folder.url)
    try OpenSSL.run("rsa -in k.pem -RSAPublicKey_out -outform DER -out p.der", in: folder.url)
    // SEQUENCE { INTEGER 00 modulus, INTEGER 65537 }; each header of the first two has 4 bytes.
    let modulus = Array(try folder.bytes("p.der").dropFirst(9).prefix(bits / 8))
    let exponent: [UInt8] = [1, 0, 1]
    let client = try Client()
    try client.useKey(try folder.bytes("k.der"))
    #expect(client.signatureAlgorithm == .rs256)
    var signature = try client.sign([1, 2, 3], room: bits / 8)
    let message: [UInt8] = [1, 2, 3]
    #expect(
      client.verifyRS256(
        signature, of: message, modulus: modulus, exponent: exponent))
    signature[9] ^= 1
    #expect(
      !client.verifyRS256(
        signature, of: message, modulus: modulus, exponent: exponent))
    #expect(throws: SigningFailure.overflow) {
      try client.sign(message, room: bits / 8 - 1)
    }
  }

  @Test func verifyingRefusesOddShapes() throws {
    let client = try Client()
    let zeros = [UInt8](repeating: 0, count: 600)
    let full = [UInt8](repeating: 0xFF, count: 600)
    for length in [0, 63, 64, 65, 255, 256, 512, 513, 600] {
      for content in [zeros, full] {
        let piece = Array(content.prefix(length))
        #expect(!client.verifyES256(piece, of: zeros, key: piece))
        #expect(
          !client.verifyES256(
            Array(full.prefix(64)), of: zeros, key: ([4] + content.prefix(64))))
        #expect(
          !client.verifyRS256(
            piece, of: zeros, modulus: piece, exponent: piece))
      }
    }
  }

  @Test func signingNeedsKeySeedAndRoom() throws {
    let client = try Client(seeded: false)
    #expect(throws: SigningFailure.noKey) { try client.sign([1]) }
    try client.useKey(sec1("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"))
    #expect(throws: SigningFailure.notSeeded) { try client.sign([1]) }
    try client.seed([UInt8](repeating: 9, count: 48))
    #expect(throws: SigningFailure.overflow) { try client.sign([1], room: 63) }
    #expect(throws: SigningFailure.overflow) { try client.sign([1], room: 0) }
    #expect(try client.sign([1], room: 64).count == 64)
  }

  /// Each allocation of a signature is refused once: no signature may come of it.
  @Test func signingWithoutMemoryFails() throws {
    let client = try Client()
    try client.useKey(sec1("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"))
    let expected = try client.sign([1])
    var allowed: Int64 = 0
    while true {
      allocation_faults_arm(allowed)
      let signature = try? client.sign([1])
      let wasRefused = allocation_faults_disarm() != 0
      #expect((signature == nil) == wasRefused)
      guard wasRefused else { break }
      // The first failures one by one, the thousands of the same kind after them in steps.
      allowed += allowed < 200 ? 1 : 53
    }
    #expect(allowed > 100)
    #expect(try client.sign([1]) == expected)
  }
}
