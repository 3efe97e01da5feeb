/// Sends and receives single datagrams: UDP.
///
/// For implementers: no call ever blocks. A datagram that cannot be sent now may be dropped, as any
/// network would. Each opening takes a new, unpredictable local port (RFC 9109), and only datagrams
/// from the opened end point are handed out.
public protocol DatagramSocket: ~Copyable {
  /// Why the socket cannot be used.
  associatedtype DatagramFailure: PlatformFailure
  /// Opens a socket towards `endpoint`; an earlier one is closed.
  mutating func openDatagrams(to endpoint: Endpoint) throws(DatagramFailure)
  /// Sends `datagram` to the opened end point.
  mutating func send(_ datagram: Span<UInt8>) throws(DatagramFailure)
  /// Puts the next datagram at the front of `space` and returns its length, or zero without one.
  ///
  /// One that is longer than `space` is cut off; its returned length is that of `space`.
  mutating func receive(into space: inout MutableSpan<UInt8>) throws(DatagramFailure) -> Int
  /// Closes the socket; no effect without one.
  mutating func closeDatagrams()
}
