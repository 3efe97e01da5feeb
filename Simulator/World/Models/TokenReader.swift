import Bytes

/// The dates of a token, and whether its signature belongs to it.
struct TokenReader {
  private(set) var issuedAt: Int64 = 0
  private(set) var ends: Int64 = 0
  private var messageHash: (UInt64) -> UInt64 = { _ in 0 }
  private var signature: UInt64 = 0

  /// Reads a token in compact form; nil where it is none.
  init?(_ token: Span<UInt8>) {
    var dots: [Int] = []
    for index in token.indices where token[index] == UInt8(ascii: ".") { dots.append(index) }
    guard dots.count == 2,
      let claims = Self.decoded(token.extracting(dots[0] + 1..<dots[1])),
      let signature = Self.decoded(token.extracting(droppingFirst: dots[1] + 1)),
      signature.count >= 8,
      let issuedAt = Self.number("\"iat\":", in: claims),
      let ends = Self.number("\"exp\":", in: claims)
    else { return nil }
    self.issuedAt = issuedAt
    self.ends = ends
    for index in 0..<8 { self.signature |= UInt64(signature[index]) << UInt64(8 * index) }
    let message = token.extracting(first: dots[1])
    var bytes: [UInt8] = []
    for index in message.indices { bytes.append(message[index]) }
    messageHash = { ModelSignature.value(of: bytes.span, key: $0) }
  }

  func isSigned(by key: UInt64) -> Bool { messageHash(key) == signature }

  private static func decoded(_ text: Span<UInt8>) -> [UInt8]? {
    var bits: UInt32 = 0
    var count = 0
    var result: [UInt8] = []
    for index in text.indices {
      let value: UInt32
      switch text[index] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = UInt32(text[index] - 65)
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = UInt32(text[index] - 71)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt32(text[index] + 4)
      case UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "_"): value = 63
      default: return nil
      }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }

  private static func number(_ key: String, in json: [UInt8]) -> Int64? {
    let key = Array(key.utf8)
    guard json.count > key.count else { return nil }
    for start in 0..<json.count - key.count where json[start..<start + key.count].elementsEqual(key)
    {
      var value: Int64?
      for byte in json[(start + key.count)...] {
        guard byte >= 48, byte <= 57, (value ?? 0) < 1 << 50 else { break }
        value = (value ?? 0) * 10 + Int64(byte - 48)
      }
      return value
    }
    return nil
  }
}
