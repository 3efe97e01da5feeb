import Cryptography
import MbedTLSAdapter
import MbedTLSTestSupport
import Testing

@Suite struct HashTests {
  /// FIPS 180-4's examples, and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func sha256(message: String, digest: String) throws {
    let client = try Client(seeded: false)
    #expect(try client.sha256(Array(message.utf8)) == bytes(hex: digest))
  }

  /// RFC 4231 test case 6: a key longer than a block.
  @Test func hmacWithLongKey() throws {
    let client = try Client(seeded: false)
    let key = [UInt8](repeating: 0xAA, count: 131)
    let message = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
    #expect(
      try client.hmacSHA256(message, key: key)
        == bytes(hex: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"))
  }
}
