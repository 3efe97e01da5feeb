/// Why bytes are not a device image that can be used.
public enum DeviceImageFailure: Error, Equatable, Sendable {
  /// The flash is erased where an image should begin.
  case absent
  /// There is something else.
  case badMagic
  /// The image is of a version that this source does not read.
  case unsupportedVersion(UInt16)
  /// The bytes end inside the image, or the image inside a record.
  case truncated
  /// Header and records do not belong together: some byte has changed.
  case badChecksum
  /// A record has this tag, which this source does not know and may not skip.
  case unknown(tag: UInt16)
  /// A record's content is not what it should be, or the record stands there too often.
  case malformed(ImageTag)
  /// A required record is not there.
  case missing(ImageTag)
}
