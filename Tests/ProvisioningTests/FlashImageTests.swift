import Bytes
import DeviceImage
import Platform
import Provisioning
import Testing

@Suite struct FlashImageTests {
  private static let state = FlashGeometry(programUnit: 4, blockSize: 1_024, blockCount: 2)

  private func content() throws -> DeviceImageContent {
    let authority = try CertificateAuthority(kind: .ec)
    var content = DeviceImageContent(
      device: "meter-7",
      privateKey: try DeviceIdentity.generate(id: "meter-7", algorithm: .es256)
        .privateKeyDER, cloudHost: "mqtt.example.com", timeFloorSeconds: 1_767_225_600)
    content.project = "project"
    content.region = "region"
    content.registry = "registry"
    content.timeServers = [.init(host: "time.example.com"), .init(host: "b", port: 4_123)]
    content.roots = [authority.rootDER]
    content.tokenLifetimeSeconds = 3_600
    content.hardwareAddress = [2, 0, 0, 0, 0, 9]
    return content
  }

  @Test func theDeviceReadsWhatWasWritten() throws {
    let content = try content()
    let bytes = try content.bytes()
    let image = try DeviceImage(bytes.span)
    #expect(image.byteCount == bytes.count)
    #expect(image.cloudPort == 8_883)
    #expect(image.tokenLifetimeSeconds == 3_600)
    #expect((0..<6).map { image.hardwareAddress[$0] } == [2, 0, 0, 0, 0, 9])
    #expect(image.privateKey.indices.map { image.privateKey[$0] } == content.privateKey)
    var roots = image.rootCertificates
    var count = 0
    while let root = roots.next() {
      #expect(root.indices.map { root[$0] } == content.roots[0])
      count += 1
    }
    #expect(count == 1)
  }

  @Test func theSummaryTellsAllButTheSecrets() throws {
    let content = try content()
    let part = try FlashImage.make(content, byteCount: 8_192, state: Self.state)
    let text = try DeviceImageSummary(of: part).text
    for word in [
      "meter-7", "mqtt.example.com:8883", "time.example.com:123", "b:4123", "3600 s",
      "Stand-in Trust Services Root E1", "2026-01-01", "not shown",
    ] { #expect(text.contains(word), "\(word) is missing in \(text)") }
  }

  @Test func thePartHasItsSizeAndASeedOfItsOwn() throws {
    let content = try content()
    let first = try FlashImage.make(content, byteCount: 8_192, state: Self.state)
    let second = try FlashImage.make(content, byteCount: 8_192, state: Self.state)
    #expect(first.count == 8_192 && second.count == 8_192)
    #expect(first[..<6_144] == second[..<6_144])
    #expect(first[6_144...] != second[6_144...], "two boards must not have one seed")
    // The slot's header, 32 bytes of seed, and a block that is erased.
    #expect(first[6_144..<6_152] == [1, 0, 0, 0, 32, 0, 0xDF, 0xFF])
    #expect(first[7_168...].allSatisfy { $0 == 0xFF })
  }

  @Test func saysWhatDoesNotFit() throws {
    var content = try content()
    let needed = try content.bytes().count
    #expect(throws: FlashImage.Failure.tooSmall(needed: needed, room: 100)) {
      try FlashImage.make(content, byteCount: 2_148, state: Self.state)
    }
    content.device = String(repeating: "x", count: 65)
    #expect(throws: FlashImage.Failure.content(.malformed(.device))) {
      try FlashImage.make(content, byteCount: 8_192, state: Self.state)
    }
    content.device = "meter-7"
    content.roots = []
    #expect(throws: FlashImage.Failure.content(.missing(.rootCertificate))) {
      try FlashImage.make(content, byteCount: 8_192, state: Self.state)
    }
  }
}
