import Bytes
import DeviceImage
import Identity
import Testing
import Units

@testable import Device

@Suite struct ImageTests {
  private static let names: [(ImageTag, [UInt8])] = [
    (.project, Array("project-1".utf8)), (.region, Array("region-1".utf8)),
    (.registry, Array("registry-1".utf8)), (.device, Array("device-1".utf8)),
  ]
  private static let needed: [(ImageTag, [UInt8])] = [
    (.cloudHost, Array("cloud.example".utf8)), (.timeServer, [0x7B, 0] + Array("a.example".utf8)),
    (.timeServer, [0x39, 0x30] + Array("b.example".utf8)), (.privateKey, [0x30, 0]),
    (.rootCertificate, [0x30, 0]), (.timeFloor, [0x00, 0xB9, 0x55, 0x69, 0, 0, 0, 0]),
  ]
  private static let google: [(ImageTag, [UInt8])] = [(.cloudProfile, [1])]

  private static func image(_ records: [(ImageTag, [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (tag, content) in records {
      bytes += [UInt8(tag.rawValue), 0, UInt8(content.count), 0] + content
      bytes += [UInt8](repeating: 0, count: -content.count & 3)
    }
    let checksum = CRC32(of: bytes.span).value
    let header: [UInt32] = [0x5446_5753, 1, UInt32(bytes.count), checksum]
    return header.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
      + bytes
  }

  private static func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.withUnsafeBufferPointer { Array($0) }, as: UTF8.self)
  }

  @Test func fillsTheConfiguration() throws {
    let more: [(ImageTag, [UInt8])] = [
      (.cloudPort, [0xBB, 1]), (.tokenLifetime, [0x10, 0x0E, 0, 0]), (.keepAlive, [0x2C, 1]),
    ]
    let bytes = Self.image(Self.names + Self.needed + Self.google + more)
    var configuration = DeviceConfiguration()
    try configuration.timeServers.append("old.example")
    try configuration.apply(DeviceImage(bytes.span))
    #expect(Self.text(configuration.names.project.span) == "project-1")
    #expect(Self.text(configuration.names.region.span) == "region-1")
    #expect(Self.text(configuration.names.registry.span) == "registry-1")
    #expect(Self.text(configuration.names.device.span) == "device-1")
    #expect(Self.text(configuration.cloudHost.span) == "cloud.example")
    #expect(configuration.cloudPort == 443)
    #expect(configuration.timeServers.count == 2)
    #expect(Self.text(configuration.timeServers.host(at: 0)) == "a.example")
    #expect(configuration.timeServers.port(at: 0) == 123)
    #expect(Self.text(configuration.timeServers.host(at: 1)) == "b.example")
    #expect(configuration.timeServers.port(at: 1) == 12_345)
    #expect(configuration.timeFloor == UnixTime(seconds: 1_767_225_600))
    #expect(configuration.tokenPolicy?.lifetime == Interval(seconds: 3_600))
    #expect(configuration.profile.keepAliveSeconds == 300)
  }

  @Test func keepsWhatTheImageDoesNotSay() throws {
    let bytes = Self.image(Self.names + Self.needed + Self.google)
    var configuration = DeviceConfiguration()
    try configuration.apply(DeviceImage(bytes.span))
    #expect(configuration.cloudPort == 8883)
    #expect(configuration.tokenPolicy == nil)
    #expect(configuration.profile.keepAliveSeconds == CloudProfile.google.keepAliveSeconds)
  }

  @Test func refusesAProfileItDoesNotKnow() throws {
    let bytes = Self.image(Self.names + Self.needed + [(.cloudProfile, [0xFE])])
    #expect(throws: ImageConfigurationFailure.unsupported(.cloudProfile)) {
      var configuration = DeviceConfiguration()
      try configuration.apply(DeviceImage(bytes.span))
    }
  }

  @Test(arguments: [ImageTag.project, .region, .registry])
  func missesTheNamesOfARegistry(_ tag: ImageTag) throws {
    let bytes = Self.image(Self.names.filter { $0.0 != tag } + Self.needed + Self.google)
    #expect(throws: ImageConfigurationFailure.missing(tag)) {
      var configuration = DeviceConfiguration()
      try configuration.apply(DeviceImage(bytes.span))
    }
  }

  /// What would trap in `Device.configure` is a failure when it comes from an image.
  @Test func refusesTokensThatLiveForTooLong() throws {
    for (seconds, isRight) in [(4, true), (86_400, true), (86_401, false)] as [(UInt32, Bool)] {
      let content = (0..<4).map { UInt8(truncatingIfNeeded: seconds >> ($0 * 8)) }
      let bytes = Self.image(
        Self.names + Self.needed + Self.google + [(.tokenLifetime, content)])
      var failure: ImageConfigurationFailure?
      var device = Device(backend: ModelBackend(script: ModelCryptography()))
      let image = try DeviceImage(bytes.span)
      do { try device.configure(from: image) } catch { failure = error }
      #expect(failure == (isRight ? nil : .unsupported(.tokenLifetime)))
    }
  }

  /// The longest names that an image may hold fit a device.
  @Test func takesTheLongestNames() throws {
    let name = [UInt8](repeating: 0x61, count: 64)
    let host = [UInt8](repeating: 0x62, count: 96)
    let tags: [ImageTag] = [.project, .region, .registry, .device]
    let bytes = Self.image(
      tags.map { ($0, name) } + Self.needed.filter { $0.0 != .cloudHost && $0.0 != .timeServer }
        + Self.google + [(.cloudHost, host), (.timeServer, [1, 0] + host)])
    var configuration = DeviceConfiguration()
    try configuration.apply(DeviceImage(bytes.span))
    #expect(configuration.cloudHost.count == 96)
    #expect(configuration.names.device.count == 64)
  }
}
