/// One connection that carries bytes in order: TCP.
///
/// For implementers: one connection at a time, and no call ever blocks. Bytes taken by `write` are
/// sent without waiting for more of them (no Nagle delay). After a failure only `disconnect` and
/// `connect` are called.
///
/// For users: zero means "try again later" and never "the connection is gone", which is thrown.
public protocol ByteStream: ~Copyable {
  /// Why the stream is gone; its kind is `closed` where the peer ended it in good order.
  associatedtype StreamFailure: PlatformFailure
  /// Starts to connect to `endpoint`; an earlier connection is dropped.
  mutating func connect(to endpoint: Endpoint) throws(StreamFailure)
  /// True once bytes can flow; throws when the attempt has failed.
  mutating func isConnected() throws(StreamFailure) -> Bool
  /// Takes a prefix of `bytes`, which is not empty, and returns its length; zero while it has no
  /// room.
  mutating func write(_ bytes: Span<UInt8>) throws(StreamFailure) -> Int
  /// Fills a prefix of `space`, which is not empty, and returns its length; zero while nothing is
  /// there.
  ///
  /// Everything that arrived is handed out before the peer's end of the connection is thrown.
  mutating func read(into space: inout MutableSpan<UInt8>) throws(StreamFailure) -> Int
  /// Ends the connection, sending what was taken if that needs no waiting; no effect without one.
  mutating func disconnect()
}
