import Bytes
public import DeviceImage

/// What goes into a device image, and the bytes that it becomes.
public struct DeviceImageContent: Sendable {
  /// A server that is asked for the time.
  public struct TimeServer: Sendable {
    /// Its name or address.
    public var host: String
    /// Its UDP port.
    public var port: UInt16

    /// Names a server.
    public init(host: String, port: UInt16 = 123) {
      self.host = host
      self.port = port
    }
  }

  /// The project that pays for the device.
  public var project = ""
  /// The region of the registry.
  public var region = ""
  /// The registry that lists the device.
  public var registry = ""
  /// The device's name.
  public var device: String
  /// The cloud's host name or address.
  public var cloudHost: String
  /// The port of its MQTT listener.
  public var cloudPort: UInt16 = 8_883
  /// One to three servers.
  public var timeServers: [TimeServer] = []
  /// The private key in DER: a secret.
  public var privateKey: [UInt8]
  /// The roots to trust, in DER.
  public var roots: [[UInt8]] = []
  /// A date that has passed for sure, in seconds since 1970.
  public var timeFloorSeconds: UInt64
  /// The number of the cloud's profile: 1 is Google-style.
  public var cloudProfile: UInt8 = 1
  /// How long tokens live, in seconds; nil for as long as the cloud allows.
  public var tokenLifetimeSeconds: UInt32?
  /// The interface's own address, 6 bytes; nil where the board has one.
  public var hardwareAddress: [UInt8]?

  /// Begins with what every image needs.
  public init(device: String, privateKey: [UInt8], cloudHost: String, timeFloorSeconds: UInt64) {
    self.device = device
    self.privateKey = privateKey
    self.cloudHost = cloudHost
    self.timeFloorSeconds = timeFloorSeconds
  }

  /// The image: a header and the records.
  ///
  /// - Throws: `DeviceImageFailure`, as the device would say it, where a content is not allowed.
  public func bytes() throws(DeviceImageFailure) -> [UInt8] {
    var records: [UInt8] = []
    append(.project, Array(project.utf8), to: &records)
    append(.region, Array(region.utf8), to: &records)
    append(.registry, Array(registry.utf8), to: &records)
    append(.device, Array(device.utf8), to: &records)
    append(.cloudHost, Array(cloudHost.utf8), to: &records)
    append(.cloudPort, littleEndian(cloudPort), to: &records)
    for server in timeServers {
      append(.timeServer, littleEndian(server.port) + Array(server.host.utf8), to: &records)
    }
    append(.privateKey, privateKey, to: &records)
    for root in roots { append(.rootCertificate, root, to: &records) }
    append(.timeFloor, littleEndian(timeFloorSeconds), to: &records)
    append(.cloudProfile, [cloudProfile], to: &records)
    if let tokenLifetimeSeconds {
      append(.tokenLifetime, littleEndian(tokenLifetimeSeconds), to: &records)
    }
    if let hardwareAddress { append(.hardwareAddress, hardwareAddress, to: &records) }
    let image =
      Array(ImageFormat.magic.description.utf8) + littleEndian(ImageFormat.version) + [0, 0]
      + littleEndian(UInt32(records.count)) + littleEndian(CRC32(of: records.span).value) + records
    // Nothing leaves the factory that a device would refuse.
    _ = try DeviceImage(image.span)
    return image
  }

  /// Adds a record, or none for an empty content.
  private func append(_ tag: ImageTag, _ content: [UInt8], to records: inout [UInt8]) {
    guard !content.isEmpty else { return }
    records += littleEndian(tag.rawValue) + littleEndian(UInt16(clamping: content.count)) + content
    while records.count % ImageFormat.alignment != 0 { records.append(0) }
  }

  private func littleEndian<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
