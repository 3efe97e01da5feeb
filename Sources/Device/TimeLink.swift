import Platform
import Units

/// The device's view of its one datagram socket, over which it asks for the time.
struct TimeLink {
  /// How far the exchange with a time server is.
  enum State {
    /// Nothing is asked.
    case idle
    /// The server's address is being looked up, and asked for again at `nextCheck`.
    case resolving(server: Int, nextCheck: Instant, deadline: Instant)
    /// The question can be sent, to this address.
    case opening(Endpoint)
    /// Question and answer are on their way.
    case exchanging
    /// The exchange is over and the socket of no more use.
    case closing
  }

  var state = State.idle
  /// The last look found no datagram; until the caller wakes, another would not either.
  var receiveIsBlocked = false

  /// The socket may have moved while the caller slept.
  mutating func wake() { receiveIsBlocked = false }
}
