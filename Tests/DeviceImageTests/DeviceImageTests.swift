import DeviceImage
import Testing

@Suite struct DeviceImageTests {
  @Test func lendsWhatItHolds() throws {
    let bytes = ImageMaker.whole.bytes
    let image = try DeviceImage(bytes.span)
    #expect(image.byteCount == bytes.count)
    #expect(image.project.text == "my-project")
    #expect(image.region.text == "europe-west1")
    #expect(image.registry.text == "meters")
    #expect(image.device.text == "meter-7")
    #expect(image.cloudHost.text == "mqtt.example.com")
    #expect(image.cloudPort == 443)
    #expect(image.cloudProfile == 1)
    #expect(image.privateKey.array == ImageMaker.key)
    #expect(image.timeFloorSeconds == 1_767_225_600)
    #expect(image.tokenLifetimeSeconds == 3_600)
    #expect(image.hardwareAddress.array == [2, 0, 0, 0, 0, 1])
    #expect(image.keepAliveSeconds == 300)
    var names: [String] = []
    var ports: [UInt16] = []
    var servers = image.timeServers
    while let server = servers.next() {
      names.append(server.host.text)
      ports.append(server.port)
    }
    #expect(names == ["time.example.com", "b"])
    #expect(ports == [123, 12_345])
    #expect(contents(of: image.rootCertificates) == ImageMaker.roots)
    #expect(contents(of: image.deviceCertificates) == [[0x30, 1, 7]])
  }

  @Test func leavesOutWhatIsOptional() throws {
    var maker = ImageMaker.whole
    for tag: ImageTag in [
      .project, .region, .registry, .cloudPort, .deviceCertificate, .tokenLifetime,
      .hardwareAddress, .keepAlive,
    ] { maker = maker.without(tag) }
    let bytes = maker.bytes
    let image = try DeviceImage(bytes.span)
    #expect(image.project.isEmpty && image.region.isEmpty && image.registry.isEmpty)
    #expect(image.cloudPort == nil && image.tokenLifetimeSeconds == nil)
    #expect(image.keepAliveSeconds == nil && image.hardwareAddress.isEmpty)
    #expect(contents(of: image.deviceCertificates).isEmpty)
  }

  @Test func takesRecordsInAnyOrder() {
    #expect(refusal(of: ImageMaker(records: ImageMaker.whole.records.reversed()).bytes) == nil)
  }

  @Test func mindsNothingBehindIt() throws {
    let bytes = ImageMaker.whole.bytes
    for filler: UInt8 in [0x00, 0xFF, 0x53] {
      let longer = bytes + [UInt8](repeating: filler, count: 40)
      let image = try DeviceImage(longer.span)
      #expect(image.byteCount == bytes.count)
    }
  }

  private func contents(of records: consuming ImageRecords) -> [[UInt8]] {
    var all: [[UInt8]] = []
    while let record = records.next() { all.append(record.array) }
    return all
  }
}
