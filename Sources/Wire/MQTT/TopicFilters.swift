import Bytes

extension MQTT {
  /// Walks over the filters of an UNSUBSCRIBE that was parsed.
  public struct TopicFilters: ~Escapable {
    private var reader: ByteReader

    /// Starts at the first of `entries`, which are known to be well-formed.
    @_lifetime(copy entries)
    init(_ entries: Span<UInt8>) { reader = ByteReader(entries) }

    /// Takes the next filter, or nil after the last.
    @_lifetime(copy self)
    public mutating func next() -> Span<UInt8>? {
      guard !reader.isAtEnd else { return nil }
      do { return try reader.mqttTopicFilter() } catch {
        preconditionFailure("the entries were checked")
      }
    }
  }
}
