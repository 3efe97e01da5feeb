/// Something under way to the device on its stream, which arrives at once.
///
/// A record of TLS has its content here only as far as that says anything; the rest is as many
/// bytes of zeros as the real one has.
struct Segment {
  /// What it is.
  enum Kind: UInt8 {
    /// Bytes of a record: the first ones are in `content`.
    case record
    /// Bytes of something that speaks no TLS.
    case garbage
    /// The peer has ended the stream in good order.
    case end
    /// The peer has reset the stream.
    case reset
  }

  /// When it arrives.
  var arrival: UInt64 = 0
  var kind = Kind.record
  /// The type of the record: see `RecordType`.
  var type: UInt8 = 0
  /// The bytes of the record's content that are in `content`.
  var contentCount: UInt8 = 0
  /// All bytes, the record's frame included.
  var byteCount: UInt16 = 0
  var content = [48 of UInt8](repeating: 0)
}
