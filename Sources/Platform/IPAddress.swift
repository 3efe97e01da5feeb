/// An address of the Internet Protocol, version 4 or 6.
public enum IPAddress: Sendable {
  /// Four bytes in network order.
  case v4([4 of UInt8])
  /// Sixteen bytes in network order.
  case v6([16 of UInt8])
}
