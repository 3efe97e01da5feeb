import Bytes

extension MQTT {
  /// Walks over the levels of a topic name or filter; a level may be empty.
  struct TopicLevels: ~Escapable {
    private var rest: Span<UInt8>

    /// True once every level was taken.
    private(set) var isAtEnd = false

    @_lifetime(copy topic)
    init(_ topic: Span<UInt8>) { rest = topic }

    /// Takes the next level; there must be one.
    @_lifetime(copy self)
    mutating func next() -> Span<UInt8> {
      precondition(!isAtEnd)
      var end = 0
      while end < rest.count, rest[end] != Wildcard.separator { end += 1 }
      let level = rest.extracting(first: end)
      if end == rest.count {
        isAtEnd = true
      } else {
        rest = rest.extracting(droppingFirst: end + 1)
      }
      return level
    }
  }
}
