import Bytes

/// Writes JSON in base64url as it is put together, so that the plain text is never stored.
struct ClaimsWriter: ~Copyable, ~Escapable {
  private var writer: ByteWriter
  private var encoder = Base64URL.Encoder()

  /// Starts at the front of `space`.
  @_lifetime(copy space)
  init(_ space: consuming MutableSpan<UInt8>) { writer = ByteWriter(space) }

  // Called often and from few places: inlined, they would take half of the flash that tokens may.

  /// Writes JSON as it stands.
  @inline(never)
  @_lifetime(self: copy self)
  mutating func write(json: StaticString) throws(TokenFailure) {
    let bytes = json.bytes
    for index in bytes.indices { try write(bytes[index]) }
  }

  /// Writes the characters of a JSON string, none of which may need an escape.
  @inline(never)
  @_lifetime(self: copy self)
  mutating func write(text: Span<UInt8>) throws(TokenFailure) {
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): throw .unsupportedCharacter
      case 0x20...0x7E: try write(text[index])
      default: throw .unsupportedCharacter
      }
    }
  }

  /// Writes a number in decimal.
  @inline(never)
  @_lifetime(self: copy self)
  mutating func write(number: UInt64) throws(TokenFailure) {
    var digits = Digits()
    var digitWriter = ByteWriter(digits.freeSpace)
    do { try digitWriter.write(decimal: number) } catch { throw .tooLong }
    let count = digitWriter.count
    digits.commit(count)
    for index in 0..<count { try write(digits.span[index]) }
  }

  /// Ends the text and gives the number of bytes written.
  @_lifetime(self: copy self)
  mutating func finish() throws(TokenFailure) -> Int {
    do { try encoder.finish(to: &writer) } catch { throw .tooLong }
    return writer.count
  }

  @inline(never)
  @_lifetime(self: copy self)
  private mutating func write(_ byte: UInt8) throws(TokenFailure) {
    do { try encoder.write(byte, to: &writer) } catch { throw .tooLong }
  }
}
