import Units

/// The device's view of its one TCP connection.
struct StreamLink {
  /// How far the connection is.
  enum State {
    /// There is none, and the caller knows.
    case closed
    /// The caller was told to connect; it is asked how that went no later than `nextCheck`.
    case opening(nextCheck: Instant)
    /// Bytes can flow.
    case open
    /// It is of no more use; last words may be sent before the caller drops it.
    case abandoned(hasLastWords: Bool)
  }

  var state = State.closed
  /// The last read found nothing; until the caller wakes, another would too.
  var readIsBlocked = false
  /// The last write found no room.
  var writeIsBlocked = false
  /// Records moved since the TLS engine last looked.
  var engineIsBehind = false
  /// When a deadline of the session that has passed may be looked at again.
  var nextProbe = Instant(milliseconds: 0)

  /// Sockets may have moved while the caller slept.
  mutating func wake() {
    readIsBlocked = false
    writeIsBlocked = false
    if case .opening = state { state = .opening(nextCheck: Instant(milliseconds: 0)) }
  }

  /// A deadline has passed: both directions are tried once more.
  mutating func probe(nextAt: Instant) {
    readIsBlocked = false
    writeIsBlocked = false
    nextProbe = nextAt
  }
}
