/// Reads JSON (RFC 8259) and keeps the lines, so that complaints can say where.
///
/// Size and depth have bounds: a hostile file costs no more than its own length, and no stack.
public struct JSONParser {
  /// How deep lists and objects may nest.
  public static let depthMaximum = 32

  private let bytes: [UInt8]
  private let file: String
  private var index = 0
  private var line = 1

  /// Reads a whole file of at most `sizeMaximum` bytes.
  public static func parse(
    _ bytes: [UInt8], file: String, sizeMaximum: Int
  ) throws(DataError) -> JSONNode {
    guard bytes.count <= sizeMaximum else {
      throw DataError(
        file: file, problem: "has \(bytes.count) bytes; it should have \(sizeMaximum) at most")
    }
    var parser = JSONParser(bytes: bytes, file: file)
    let node = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.index == bytes.count else { throw parser.error("goes on after its end") }
    return node
  }

  private init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  private func error(_ problem: String) -> DataError {
    DataError(file: file, line: line, problem: "is not JSON: \(problem)")
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
      if byte == 0x0A { line += 1 }
      index += 1
    }
  }

  /// Takes `byte` if it comes next, after space.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(DataError) -> JSONNode {
    skipSpace()
    guard depth <= Self.depthMaximum else {
      throw error("lists and objects nest deeper than \(Self.depthMaximum)")
    }
    guard let byte = next else { throw error("it ends too early") }
    let start = line
    switch byte {
    case UInt8(ascii: "{"): return JSONNode(line: start, .object(try members(depth: depth)))
    case UInt8(ascii: "["): return JSONNode(line: start, .list(try items(depth: depth)))
    case UInt8(ascii: "\""): return JSONNode(line: start, .text(try text()))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return JSONNode(line: start, .number(try number()))
    default: return JSONNode(line: start, try word())
    }
  }

  private mutating func word() throws(DataError) -> JSONNode.Content {
    for (word, content) in [
      ("null", JSONNode.Content.null), ("true", .boolean(true)), ("false", .boolean(false)),
    ] where bytes[index...].starts(with: word.utf8) {
      index += word.utf8.count
      return content
    }
    throw error("a value should come here")
  }

  private mutating func items(depth: Int) throws(DataError) -> [JSONNode] {
    index += 1
    var items: [JSONNode] = []
    if take(UInt8(ascii: "]")) { return items }
    while true {
      items.append(try value(depth: depth + 1))
      if take(UInt8(ascii: "]")) { return items }
      guard take(UInt8(ascii: ",")) else { throw error("a comma or ] should come here") }
    }
  }

  private mutating func members(depth: Int) throws(DataError) -> [(key: String, value: JSONNode)] {
    index += 1
    var members: [(key: String, value: JSONNode)] = []
    var seen: Set<String> = []
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("a key in quotes should come here") }
      let key = try text()
      guard seen.insert(key).inserted else {
        throw error("a key comes twice\(DataPlace.isPrintable(key) ? ": \(key.prefix(80))" : "")")
      }
      guard take(UInt8(ascii: ":")) else { throw error("a colon should come after the key") }
      members.append((key, try value(depth: depth + 1)))
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw error("a comma or } should come here") }
    }
  }

  private mutating func digits() -> Int {
    let start = index
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
    return index - start
  }

  private mutating func number() throws(DataError) -> String {
    let start = index
    if next == UInt8(ascii: "-") { index += 1 }
    let leading = next
    let count = digits()
    guard count == 1 || (count > 1 && leading != UInt8(ascii: "0")) else {
      throw error("a number should begin with a digit, and not with 0 before another")
    }
    if next == UInt8(ascii: ".") {
      index += 1
      guard digits() > 0 else { throw error("a digit should come after the point") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      index += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
      guard digits() > 0 else { throw error("a digit should come after the exponent's sign") }
    }
    guard index - start <= 400 else { throw error("a number has more than 400 characters") }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }
}

// MARK: - Texts

extension JSONParser {
  private mutating func text() throws(DataError) -> String {
    index += 1
    var content: [UInt8] = []
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw error("a text is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): content += try escape()
      case 0..<0x20: throw error("a control character stands in a text")
      default: content.append(byte)
      }
    }
    throw error("a text has no end")
  }

  private mutating func escape() throws(DataError) -> [UInt8] {
    guard let byte = next else { throw error("a text has no end") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var code = try unit()
      // Beyond the first 65536 characters two units stand for one (RFC 8259, section 7).
      if (0xD800..<0xDC00).contains(code) {
        guard bytes[index...].starts(with: "\\u".utf8) else { throw error("half a character") }
        index += 2
        let low = try unit()
        guard (0xDC00..<0xE000).contains(low) else { throw error("half a character") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half a character") }
      return Array(String(Character(scalar)).utf8)
    default: throw error("a backslash should stand before one of \"\\/bfnrtu")
    }
  }

  private mutating func unit() throws(DataError) -> UInt32 {
    guard index + 4 <= bytes.count,
      let text = String(validating: bytes[index..<index + 4], as: UTF8.self),
      text.allSatisfy(\.isHexDigit), let code = UInt32(text, radix: 16)
    else { throw error("four hexadecimal digits should come after \\u") }
    index += 4
    return code
  }
}
