import AllocationFaults
import Cryptography
import MbedTLSAdapter
import MbedTLSTestSupport
import Testing

@Suite struct KeyTests {
  private static let key = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"

  private func der(_ commands: String..., file: String = "k.der") throws -> [UInt8] {
    let folder = try TemporaryFolder()
    for command in commands { try OpenSSL.run(command, in: folder.url) }
    return try folder.bytes(file)
  }

  @Test(arguments: ["secp384r1", "secp521r1", "secp256k1"])
  func refusesOtherCurves(curve: String) throws {
    let key = try der(
      "ecparam -name \(curve) -genkey -noout -out k.pem", "ec -in k.pem -outform DER -out k.der")
    let client = try Client()
    #expect(throws: KeyFailure.self) { try client.useKey(key) }
    #expect(throws: SigningFailure.noKey) { try client.sign([1]) }
  }

  @Test func refusesShortRSA() throws {
    let key = try der(
      "genrsa -traditional -out k.pem 1024", "rsa -in k.pem -traditional -outform DER -out k.der")
    let client = try Client()
    #expect(throws: KeyFailure.unsupported) { try client.useKey(key) }
  }

  @Test func takesPKCS8RSA() throws {
    let key = try der(
      "genrsa -out k.pem 2048", "pkcs8 -topk8 -nocrypt -in k.pem -outform DER -out k.der")
    let client = try Client()
    try client.useKey(key)
    #expect(client.signatureAlgorithm == .rs256)
  }

  @Test func refusesWhatIsNoKey() throws {
    let client = try Client()
    let key = bytes(hex: "30310201010420" + Self.key + "a00a06082a8648ce3d030107")
    #expect(throws: KeyFailure.malformed) { try client.useKey([UInt8]()) }
    for count in 0..<key.count {
      #expect(throws: KeyFailure.self) {
        try client.useKey(Array(key.prefix(count)))
      }
    }
    let pem = Array("-----BEGIN EC PRIVATE KEY-----\nMA==\n-----END EC PRIVATE KEY-----\n\0".utf8)
    #expect(throws: KeyFailure.malformed) { try client.useKey(pem) }
    // A private number of zero, and one as large as the order.
    for number in [
      String(repeating: "0", count: 64),
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    ] {
      let key = bytes(hex: "30310201010420" + number + "a00a06082a8648ce3d030107")
      #expect(throws: KeyFailure.malformed) { try client.useKey(key) }
    }
  }

  /// The halves in the file must belong together, or signatures would not verify.
  @Test func refusesForeignPublicHalf() throws {
    let first = try der(
      "ecparam -name prime256v1 -genkey -noout -out k.pem", "ec -in k.pem -outform DER -out k.der")
    let second = try der(
      "ecparam -name prime256v1 -genkey -noout -out k.pem", "ec -in k.pem -outform DER -out k.der")
    let client = try Client()
    let mixed = Array(first.prefix(first.count - 65) + second.suffix(65))
    #expect(throws: KeyFailure.malformed) { try client.useKey(mixed) }
    try client.useKey(first)
  }

  @Test func failureKeepsTheOldKey() throws {
    let client = try Client()
    try client.useKey(bytes(hex: "30310201010420" + Self.key + "a00a06082a8648ce3d030107"))
    #expect(throws: KeyFailure.malformed) { try client.useKey([0x30, 0]) }
    #expect(try client.sign([1]).count == 64)
  }

  @Test func certificateMustFitTheKey() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      try OpenSSL.run(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=\(name) "
          + "-keyout \(name).pem -outform DER -out \(name).crt", in: folder.url)
      try OpenSSL.run("ec -in \(name).pem -outform DER -out \(name).der", in: folder.url)
    }
    let client = try Client()
    #expect(throws: KeyFailure.noKey) {
      try client.useCertificate(try folder.bytes("a.crt"))
    }
    try client.useKey(try folder.bytes("a.der"))
    #expect(throws: KeyFailure.mismatch) {
      try client.useCertificate(try folder.bytes("b.crt"))
    }
    #expect(throws: KeyFailure.malformed) {
      try client.useCertificate([0x30, 0x01, 0x00])
    }
    try client.useCertificate(try folder.bytes("a.crt"))
    // Behind the key's own certificate come those of its issuers.
    try client.useCertificate(try folder.bytes("b.crt"))
    // A new key drops the certificates of the old one.
    try client.useKey(try folder.bytes("b.der"))
    #expect(throws: KeyFailure.mismatch) {
      try client.useCertificate(try folder.bytes("a.crt"))
    }
  }

  @Test func takingAKeyWithoutMemoryFails() throws {
    let client = try Client()
    let key = bytes(hex: "30310201010420" + Self.key + "a00a06082a8648ce3d030107")
    var allowed: Int64 = 0
    while true {
      var failure: KeyFailure?
      allocation_faults_arm(allowed)
      do { try client.useKey(key) } catch { failure = error as? KeyFailure }
      let wasRefused = allocation_faults_disarm() != 0
      #expect(failure == (wasRefused ? .outOfMemory : nil))
      guard wasRefused else { break }
      allowed += allowed < 100 ? 1 : 29
    }
    #expect(allowed > 10)
  }
}
