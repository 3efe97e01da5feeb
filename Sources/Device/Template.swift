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

  /// Appends the text, with `names` in their places, to `target`, or throws and adds nothing.
  public func expand<let capacity: Int>(
    with names: borrowing DeviceNames, into target: inout FixedBytes<capacity>
  ) throws(Overflow) {
    let count = try expand(with: names, into: target.freeSpace)
    target.commit(count)
  }

  /// Writes the text to the front of `space` and returns its length: once for all capacities.
  @inline(never)
  private func expand(
    with names: borrowing DeviceNames, into space: consuming MutableSpan<UInt8>
  ) throws(Overflow) -> Int {
    var writer = ByteWriter(space)
    let bytes = text.bytes
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else {
        try writer.write(bytes[index])
        index += 1
        continue
      }
      let start = index + 1
      while bytes[index] != UInt8(ascii: "}") { index += 1 }
      try writer.write(names.name(at: bytes.extracting(start..<index)))
      index += 1
    }
    return writer.count
  }
}
