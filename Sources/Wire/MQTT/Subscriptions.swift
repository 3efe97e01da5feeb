import Bytes

extension MQTT {
  /// Walks over the entries of a SUBSCRIBE that was parsed.
  public struct Subscriptions: ~Escapable {
    private var reader: ByteReader

    /// Starts at the first of `entries`, which are known to be well-formed.
    @_lifetime(copy entries)
    init(_ entries: Span<UInt8>) { reader = ByteReader(entries) }

    /// Takes the next entry, or nil after the last.
    @_lifetime(copy self)
    public mutating func next() -> Subscription? {
      guard !reader.isAtEnd else { return nil }
      do { return try Subscription.parse(&reader) } catch {
        preconditionFailure("the entries were checked")
      }
    }
  }
}
