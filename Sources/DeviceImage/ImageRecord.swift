import Bytes

/// One record of an image: a tag, and the content that it announces.
struct ImageRecord: ~Escapable {
  /// The number of the tag, known or not.
  let number: UInt16
  /// The content, without the padding behind it.
  let content: Span<UInt8>
  /// Whether all bytes of the padding are zero, as they should be.
  let isPaddedWithZeros: Bool

  /// Takes the next record from `reader`.
  @_lifetime(copy reader)
  init(from reader: inout ByteReader) throws(Truncated) {
    number = try reader.littleEndian16()
    let length = Int(truncatingIfNeeded: try reader.littleEndian16())
    content = try reader.take(length)
    // Header and alignment have the same size, so that the content alone decides.
    let padding = try reader.take(-length & (ImageFormat.alignment - 1))
    var bits: UInt8 = 0
    for index in padding.indices { bits |= padding[index] }
    isPaddedWithZeros = bits == 0
  }
}
