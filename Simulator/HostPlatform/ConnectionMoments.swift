/// When the parts of the latest attempt to connect began and ended, in nanoseconds of
/// `HostPlatform.nanoseconds()`; zero for what has not come yet.
///
/// The core says nothing of such moments, which no device needs; the calls that it makes do.
public struct ConnectionMoments: Sendable {
  /// The cloud's name was asked for.
  public internal(set) var lookupBegan: UInt64 = 0
  /// The name's address was there.
  public internal(set) var lookupEnded: UInt64 = 0
  /// The TCP connection was asked for.
  public internal(set) var connectBegan: UInt64 = 0
  /// The TCP connection was seen to be open.
  public internal(set) var connected: UInt64 = 0
  /// The latest computation of the TLS handshake was over.
  public internal(set) var handshakeComputed: UInt64 = 0

  /// Creates the moments of a connection that was never asked for.
  public init() {}

  mutating func asked(at now: UInt64) {
    // An earlier question that was answered belongs to an earlier attempt.
    if lookupBegan == 0 || lookupEnded != 0 {
      lookupBegan = now
      lookupEnded = 0
    }
  }

  mutating func attempted(at now: UInt64) {
    connectBegan = now
    connected = 0
    handshakeComputed = 0
  }
}
