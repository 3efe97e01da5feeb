import Bytes

/// What the cloud reads in a token, once it has seen that the device's key has signed it.
struct ModelToken {
  var issuedAt: Int64 = 0
  var expires: Int64 = 0
  var isForProject = false

  /// The audience that the cloud wants.
  static let project = "project"

  /// Reads a token; nil unless it is one that `key` has signed.
  static func verify(_ token: Span<UInt8>, key: UInt64, isRSA: Bool) -> ModelToken? {
    token.withUnsafeBytes { bytes in
      guard let last = bytes.lastIndex(of: UInt8(ascii: ".")),
        let claims = claims(of: UnsafeRawBufferPointer(rebasing: bytes[..<last]))
      else { return nil }
      let message = UnsafeRawBufferPointer(rebasing: bytes[..<last])
      let given = UnsafeRawBufferPointer(rebasing: bytes[(last + 1)...])
      let count = ModelSignature.byteCount(isRSA: isRSA)
      return withUnsafeTemporaryAllocation(byteCount: 2 * 256, alignment: 8) { space in
        let wanted = UnsafeMutableRawBufferPointer(rebasing: space[..<count])
        let found = UnsafeMutableRawBufferPointer(rebasing: space[256...])
        ModelSignature.write(key: key, message, to: wanted)
        guard decode(given, into: found) == count else { return nil }
        return wanted.elementsEqual(found[..<count]) ? claims : nil
      }
    }
  }

  /// The claims in the first two parts of a token, whose signature nobody has looked at.
  static func claims(of message: UnsafeRawBufferPointer) -> ModelToken? {
    guard let first = message.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    let part = UnsafeRawBufferPointer(rebasing: message[(first + 1)...])
    return withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { space in
      guard let count = decode(part, into: space) else { return nil }
      let text = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(space)[..<count])
      guard let issuedAt = number("\"iat\":", in: text), let expires = number("\"exp\":", in: text)
      else { return nil }
      var audience = "\"aud\":\"" + project + "\""
      let isForProject = audience.withUTF8 { find(UnsafeRawBufferPointer($0), in: text) != nil }
      return ModelToken(issuedAt: issuedAt, expires: expires, isForProject: isForProject)
    }
  }

  private static func decode(
    _ text: UnsafeRawBufferPointer, into space: UnsafeMutableRawBufferPointer
  ) -> Int? {
    var writer = ByteWriter(MutableSpan(_unsafeBytes: space))
    do { try Base64URL.decode(Span(_unsafeBytes: text), to: &writer) } catch { return nil }
    return writer.count
  }

  private static func number(_ name: String, in text: UnsafeRawBufferPointer) -> Int64? {
    var name = name
    guard let start = name.withUTF8({ find(UnsafeRawBufferPointer($0), in: text) }) else {
      return nil
    }
    var value: Int64?
    for byte in text[start...] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
      value = (value ?? 0) &* 10 &+ Int64(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// Where the text after `part` begins.
  private static func find(
    _ part: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer
  ) -> Int? {
    guard text.count >= part.count else { return nil }
    for start in 0...(text.count - part.count)
    where text[start..<start + part.count].elementsEqual(part) {
      return start + part.count
    }
    return nil
  }
}
