/// The URL-safe alphabet of base64 without padding (RFC 4648 section 5, RFC 7515 section 2).
///
/// Decoding is strict: no padding, no white space, no stray bits behind the last byte. One value
/// then has one encoding, and ClearBlade's bridge refuses any other.
public enum Base64URL {
  /// Why text is not base64url.
  public enum Malformed: Error, Equatable, Sendable {
    /// A character outside the alphabet.
    case character
    /// A length that no encoding has.
    case length
    /// Bits behind the last byte are not zero.
    case strayBits
    /// The decoded bytes do not fit.
    case overflow
  }

  /// The number of characters that encode `byteCount` bytes.
  public static func encodedCount(_ byteCount: Int) -> Int { (byteCount * 8 + 5) / 6 }

  /// Writes `bytes` in base64url.
  @_lifetime(writer: copy writer)
  public static func encode(
    _ bytes: Span<UInt8>, to writer: inout ByteWriter
  ) throws(Overflow) {
    var encoder = Encoder()
    for index in bytes.indices { try encoder.write(bytes[index], to: &writer) }
    try encoder.finish(to: &writer)
  }

  /// Writes the bytes that `text` stands for.
  @_lifetime(writer: copy writer)
  public static func decode(
    _ text: Span<UInt8>, to writer: inout ByteWriter
  ) throws(Malformed) {
    guard text.count % 4 != 1 else { throw .length }
    var bits: UInt32 = 0
    var bitCount: UInt32 = 0
    for index in text.indices {
      guard let sextet = value(of: text[index]) else { throw .character }
      bits = bits &<< 6 | sextet
      bitCount &+= 6
      if bitCount >= 8 {
        bitCount &-= 8
        do { try writer.write(UInt8(truncatingIfNeeded: bits &>> bitCount)) } catch {
          throw .overflow
        }
      }
    }
    guard bits & ((1 &<< bitCount) &- 1) == 0 else { throw .strayBits }
  }

  /// Arithmetic instead of a table: a fraction of the flash, and no secret-dependent load.
  fileprivate static func character(of sextet: UInt32) -> UInt8 {
    switch sextet {
    case 0..<26: UInt8(truncatingIfNeeded: sextet) + UInt8(ascii: "A")
    case 26..<52: UInt8(truncatingIfNeeded: sextet - 26) + UInt8(ascii: "a")
    case 52..<62: UInt8(truncatingIfNeeded: sextet - 52) + UInt8(ascii: "0")
    case 62: UInt8(ascii: "-")
    default: UInt8(ascii: "_")
    }
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}

extension Base64URL {
  /// Encodes bytes as they come, so that text need not be assembled before it is encoded.
  public struct Encoder {
    private var bits: UInt32 = 0
    private var bitCount: UInt32 = 0

    /// Creates an encoder that has seen nothing.
    public init() {}

    /// Encodes one more byte.
    @_lifetime(writer: copy writer)
    public mutating func write(_ byte: UInt8, to writer: inout ByteWriter) throws(Overflow) {
      bits = bits &<< 8 | UInt32(truncatingIfNeeded: byte)
      bitCount &+= 8
      while bitCount >= 6 {
        bitCount &-= 6
        try writer.write(character(of: bits &>> bitCount & 0x3F))
      }
    }

    /// Writes the last bits, filled with zeros.
    @_lifetime(writer: copy writer)
    public mutating func finish(to writer: inout ByteWriter) throws(Overflow) {
      guard bitCount > 0 else { return }
      try writer.write(character(of: bits &<< (6 &- bitCount) & 0x3F))
      bits = 0
      bitCount = 0
    }
  }
}
