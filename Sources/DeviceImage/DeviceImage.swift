import Bytes

/// What one device is given at the factory: who it is, where its cloud is, whom it trusts.
///
/// A view of bytes that lie in flash: nothing is copied, and nothing outlives them. Creating one
/// checks all of it once; after that no accessor can fail.
///
/// Layout, numbers little-endian:
///
///     offset  size  content
///          0     4  magic: 53 57 46 54, "SWFT"
///          4     2  format version: 1
///          6     2  reserved: zero
///          8     4  byte count of the records, a multiple of 4
///         12     4  CRC-32 (IEEE 802.3) over the records
///         16        records, one behind the other, in any order
///
///     offset  size  a record
///          0     2  tag
///          2     2  length of the content in bytes
///          4        content, then zeros up to a multiple of 4
///
/// `ImageTag` lists the tags. A reader refuses an image with a tag it does not know, unless the
/// tag's top bit (0x8000) is set: such a record is optional, and skipped. What lies behind the
/// records belongs to somebody else.
public struct DeviceImage: ~Escapable {
  /// All records, which have been checked.
  private let records: Span<UInt8>

  /// Checks the image at the front of `bytes`, which may go on behind it.
  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>) throws(DeviceImageFailure) {
    records = try Self.records(of: bytes)
    try Self.check(records)
  }

  /// The size of the image in bytes, header and records.
  public var byteCount: Int { ImageFormat.headerByteCount + records.count }
}

// MARK: - Content

extension DeviceImage {
  /// The project's name; empty where the cloud has no projects.
  public var project: Span<UInt8> {
    @_lifetime(copy self)
    get { content(of: .project) }
  }

  /// The region's name; empty where the cloud has no regions.
  public var region: Span<UInt8> {
    @_lifetime(copy self)
    get { content(of: .region) }
  }

  /// The registry's name; empty where the cloud has no registries.
  public var registry: Span<UInt8> {
    @_lifetime(copy self)
    get { content(of: .registry) }
  }

  /// The device's name.
  public var device: Span<UInt8> {
    @_lifetime(copy self)
    get { content(of: .device) }
  }

  /// The cloud's host name.
  public var cloudHost: Span<UInt8> {
    @_lifetime(copy self)
    get { content(of: .cloudHost) }
  }

  /// The port of the cloud's MQTT listener, or nil for the usual one.
  public var cloudPort: UInt16? { number16(of: .cloudPort) }

  /// The servers to ask for the time.
  public var timeServers: ImageTimeServers {
    @_lifetime(copy self)
    get { ImageTimeServers(in: records) }
  }

  /// The device's private key in DER: a secret.
  public var privateKey: Span<UInt8> {
    @_lifetime(copy self)
    get { content(of: .privateKey) }
  }

  /// The roots to trust, in DER; at least one.
  public var rootCertificates: ImageRecords {
    @_lifetime(copy self)
    get { ImageRecords(.rootCertificate, in: records) }
  }

  /// The device's own certificate in DER and those that lead from it to a root; often none.
  public var deviceCertificates: ImageRecords {
    @_lifetime(copy self)
    get { ImageRecords(.deviceCertificate, in: records) }
  }

  /// A date that has passed for sure, in seconds since 1970.
  public var timeFloorSeconds: UInt64 { content(of: .timeFloor).littleEndian64 }

  /// The number of the cloud's profile: 1 is Google-style.
  public var cloudProfile: UInt8 { content(of: .cloudProfile)[0] }

  /// How long tokens live in seconds, or nil for as long as the cloud allows.
  public var tokenLifetimeSeconds: UInt32? {
    let content = content(of: .tokenLifetime)
    return content.isEmpty ? nil : content.littleEndian32
  }

  /// The hardware address of the network interface, six bytes; empty where the board has its own.
  public var hardwareAddress: Span<UInt8> {
    @_lifetime(copy self)
    get { content(of: .hardwareAddress) }
  }

  /// The keep-alive interval in seconds, or nil for the cloud profile's.
  public var keepAliveSeconds: UInt16? { number16(of: .keepAlive) }

  /// The content of the first record with `tag`, or nothing: no known record may be empty.
  @_lifetime(copy self)
  private func content(of tag: ImageTag) -> Span<UInt8> {
    var matches = ImageRecords(tag, in: records)
    guard let content = matches.next() else { return records.extracting(first: 0) }
    return content
  }

  private func number16(of tag: ImageTag) -> UInt16? {
    let content = content(of: tag)
    return content.isEmpty ? nil : content.littleEndian16
  }
}

// MARK: - Checks

extension DeviceImage {
  /// The records of the image at the front of `bytes`, after its header was checked.
  @_lifetime(copy bytes)
  private static func records(of bytes: Span<UInt8>) throws(DeviceImageFailure) -> Span<UInt8> {
    guard bytes.count >= ImageFormat.headerByteCount else { throw .truncated }
    let header = bytes.extracting(first: ImageFormat.headerByteCount)
    guard !header.isErased else { throw .absent }
    guard header.starts(with: ImageFormat.magic.bytes) else { throw .badMagic }
    let version = header.extracting(droppingFirst: 4).littleEndian16
    // A later version may give the reserved field a meaning, so that it counts as one.
    guard version == ImageFormat.version, header[6] == 0, header[7] == 0 else {
      throw .unsupportedVersion(version)
    }
    let byteCount = header.extracting(droppingFirst: 8).littleEndian32
    let rest = bytes.extracting(droppingFirst: ImageFormat.headerByteCount)
    guard byteCount <= UInt32(clamping: rest.count) else { throw .truncated }
    let records = rest.extracting(first: Int(truncatingIfNeeded: byteCount))
    guard records.count % ImageFormat.alignment == 0,
      CRC32(of: records).value == header.extracting(droppingFirst: 12).littleEndian32
    else { throw .badChecksum }
    return records
  }

  /// Checks each record, and that the required ones are there.
  private static func check(_ records: Span<UInt8>) throws(DeviceImageFailure) {
    var reader = ByteReader(records)
    var isFound = [16 of Int](repeating: 0)
    while !reader.isAtEnd {
      let record: ImageRecord
      do { record = try ImageRecord(from: &reader) } catch { throw .truncated }
      guard let tag = ImageTag(rawValue: record.number) else {
        guard record.number & ImageFormat.optionalTagBit != 0 else {
          throw .unknown(tag: record.number)
        }
        continue
      }
      let index = Int(truncatingIfNeeded: tag.rawValue)
      guard record.isPaddedWithZeros, record.holds(tag), isFound[index] < tag.countMaximum else {
        throw .malformed(tag)
      }
      isFound[index] += 1
    }
    for number in 1...ImageTag.keepAlive.rawValue {
      guard let tag = ImageTag(rawValue: number) else { continue }
      if tag.isRequired, isFound[Int(truncatingIfNeeded: number)] == 0 { throw .missing(tag) }
    }
  }
}

extension Span where Element == UInt8 {
  /// Whether all bytes are as erased flash reads.
  fileprivate var isErased: Bool {
    for index in indices where self[index] != 0xFF { return false }
    return true
  }
}
