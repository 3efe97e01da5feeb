/// The numbers of the format, for those who write images; `DeviceImage` tells how they are used.
public enum ImageFormat {
  /// The four bytes that an image begins with.
  public static var magic: StaticString { "SWFT" }
  /// The version that this source reads.
  public static let version: UInt16 = 1
  /// The bytes before the records.
  public static let headerByteCount = 16
  /// The bytes of a record before its content: tag and length.
  public static let recordHeaderByteCount = 4
  /// What the length of each record is filled up to a multiple of, so that the content of the next
  /// one is aligned to a word wherever the image is.
  public static let alignment = 4
  /// The bit of a tag that allows readers who do not know the tag to skip its record.
  public static let optionalTagBit: UInt16 = 0x8000
}
