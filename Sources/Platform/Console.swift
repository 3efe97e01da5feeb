/// Takes lines of text for a person to read.
///
/// For implementers: may drop text, must not fail. No secret is ever given to it.
public protocol Console: ~Copyable {
  /// Appends `text`, ASCII without a terminator; a line ends with a line feed.
  mutating func print(_ text: Span<UInt8>)
}
