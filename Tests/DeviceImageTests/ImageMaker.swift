import Bytes
import DeviceImage

/// Makes images of any records, right or wrong.
struct ImageMaker {
  struct Record {
    var tag: UInt16
    var content: [UInt8]
    var padding: [UInt8]?

    init(_ tag: UInt16, _ content: [UInt8], padding: [UInt8]? = nil) {
      self.tag = tag
      self.content = content
      self.padding = padding
    }

    init(_ tag: ImageTag, _ content: [UInt8]) { self.init(tag.rawValue, content) }

    init(_ tag: ImageTag, _ text: String) { self.init(tag.rawValue, Array(text.utf8)) }
  }

  static let key: [UInt8] = [0x30, 3, 2, 1, 5]
  static let roots: [[UInt8]] = [[0x30, 0], [0x30, 0x81, 0x80] + (0..<128).map { UInt8($0) }]

  /// Every kind of record at its best.
  static let whole = ImageMaker(records: [
    Record(.cloudProfile, [1]),
    Record(.project, "my-project"), Record(.region, "europe-west1"), Record(.registry, "meters"),
    Record(.device, "meter-7"), Record(.cloudHost, "mqtt.example.com"),
    Record(.cloudPort, [0xBB, 0x01]),
    Record(.timeServer, [123, 0] + Array("time.example.com".utf8)),
    Record(.rootCertificate, roots[0]), Record(0x8123, [9, 9, 9]),
    Record(.timeServer, [0x39, 0x30] + Array("b".utf8)),
    Record(.rootCertificate, roots[1]), Record(.privateKey, key),
    Record(.deviceCertificate, [0x30, 1, 7]),
    Record(.timeFloor, [0x00, 0xB9, 0x55, 0x69, 0, 0, 0, 0]),
    Record(.tokenLifetime, [0x10, 0x0E, 0, 0]),
    Record(.hardwareAddress, [0x02, 0, 0, 0, 0, 1]), Record(.keepAlive, [0x2C, 0x01]),
  ])

  var records: [Record]

  /// The image, whose header is right for its records.
  var bytes: [UInt8] { Self.image(of: recordBytes) }

  private var recordBytes: [UInt8] {
    var bytes: [UInt8] = []
    for record in records {
      bytes += Self.littleEndian(record.tag) + Self.littleEndian(UInt16(record.content.count))
      bytes += record.content
      bytes += record.padding ?? [UInt8](repeating: 0, count: (4 - record.content.count % 4) % 4)
    }
    return bytes
  }

  /// The same with the records of `tag` left out.
  func without(_ tag: ImageTag) -> ImageMaker {
    ImageMaker(records: records.filter { $0.tag != tag.rawValue })
  }

  /// The same with one more record.
  func adding(_ record: Record) -> ImageMaker { ImageMaker(records: records + [record]) }

  /// The same with `content` for all records of `tag`.
  func replacing(_ tag: ImageTag, _ content: [UInt8]) -> ImageMaker {
    without(tag).adding(Record(tag, content))
  }

  /// A header and `records` behind it.
  static func image(of records: [UInt8]) -> [UInt8] {
    Array("SWFT".utf8) + [1, 0, 0, 0] + littleEndian(UInt32(records.count))
      + littleEndian(CRC32(of: records.span).value) + records
  }

  static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

extension ImageTag {
  static let all = (0...UInt16.max).compactMap(ImageTag.init(rawValue:))
}

/// Why `bytes` are refused, or nil if they are not.
func refusal(of bytes: [UInt8]) -> DeviceImageFailure? {
  do {
    _ = try DeviceImage(bytes.span)
    return nil
  } catch {
    return error
  }
}

extension Span<UInt8> {
  var array: [UInt8] { withUnsafeBufferPointer { Array($0) } }
  var text: String { String(decoding: array, as: UTF8.self) }
}
