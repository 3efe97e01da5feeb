/// What the cloud knows of one device: its connection, its session, its tokens.
///
/// It acts at the moment at which bytes arrive, which is known when they are sent, since nothing
/// but time and faults decides it.
struct CloudSession {
  // The connection.
  var isConnected = false
  var isSecured = false
  var isJoined = false
  /// The session of TLS that was offered in the handshake under way.
  var offered: UInt64 = 0
  /// When the token of the connection ends.
  var expiresAt = UInt64.max
  /// When it last heard of the device, and how long it waits.
  var heardAt: UInt64 = 0
  var patience = UInt64.max

  // What outlives it.
  var hasSession = false
  /// Sessions of TLS that were made before this cannot be resumed.
  var rotatedAt: UInt64 = 0
  /// Hashes of the token offered last, and of those that the device knows to be refused.
  var offeredToken: UInt64 = 0
  var refusedTokens = [4 of UInt64](repeating: 0)
  var refusedCount = 0
  /// The latest acknowledgements: which message each packet identifier stands for.
  var answered = [32 of Answered](repeating: Answered())
  var answeredCount = 0

  /// A message that was acknowledged.
  struct Answered {
    var packetNumber: UInt16 = 0
    var sequence: UInt32 = 0
    var acceptedAt: UInt64 = 0
  }

  /// A connection was opened.
  mutating func open() {
    hangUp()
    isConnected = true
  }

  /// The device has lost its memory, and does not know any more which tokens are refused.
  mutating func forgetRefusals() { refusedTokens = [4 of UInt64](repeating: 0) }

  /// The connection is gone.
  mutating func hangUp() {
    isConnected = false
    isSecured = false
    isJoined = false
    expiresAt = .max
    patience = .max
  }

  /// The latest acknowledgement with a packet identifier: those of dropped messages leave gaps, so
  /// that identifiers say nothing about places.
  @inline(__always)
  func answered(_ packetNumber: UInt16) -> Answered {
    for age in 1...32 {
      let entry = answered[(answeredCount &- age) & 31]
      if entry.packetNumber == packetNumber { return entry }
    }
    return Answered()
  }

  /// When the cloud closes the connection, unless it hears from the device before.
  @inline(__always)
  var closesAt: UInt64 {
    guard isJoined else { return .max }
    return min(expiresAt, patience == .max ? .max : heardAt + patience)
  }
}
