public import Bytes

/// A text with the device's names left open, such as `/devices/{device}/events`.
///
/// The places are `{project}`, `{region}`, `{registry}` and `{device}`. Templates are what makes a
/// cloud profile a plain value in flash.
public struct Template: Sendable, ExpressibleByStringLiteral {
  /// The text with its places in braces.
  public let text: StaticString

  /// Creates a template; an unknown place traps when it is expanded.
  public init(_ text: StaticString) { self.text = text }

  /// Creates a template from a literal.
  public init(stringLiteral text: StaticString) { self.text = text }

  /// Appends the text, with `names` in their places, to `target`.
  public func expand<let capacity: Int>(
    with names: borrowing DeviceNames, into target: inout FixedBytes<capacity>
  ) throws(Overflow) {
    let bytes = text.bytes
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else {
        try target.append(bytes[index])
        index += 1
        continue
      }
      let start = index + 1
      while bytes[index] != UInt8(ascii: "}") { index += 1 }
      try target.append(names.name(at: bytes.extracting(start..<index)))
      index += 1
    }
  }
}
