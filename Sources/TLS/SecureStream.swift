public import TimeKeeping

/// A TLS 1.2 client connection as an engine: plaintext on one side, records on the other, no I/O.
///
/// The caller moves records between it and a socket and calls `advance` after each move:
/// `recordsToSend`/`recordsSent` outwards, `recordSpace`/`recordsReceived` inwards. Plaintext goes
/// through `write` and `read` once `advance` says `open`. Failure is sticky: only `open` leaves it.
///
/// For implementers: ECDHE with AES-GCM only, P-256 offered first, the server's chain verified
/// against the given roots at the given time, the host name checked, always.
///
/// A session may be resumed (RFC 5246 section 7.3, RFC 5077) if its server was verified with an
/// extended master secret (RFC 7627); with the same host and roots, while all certificates of that
/// handshake are valid, for at most a day (RFC 5246 appendix F.1.4), and unless its connection
/// failed (RFC 5246 section 7.2.2). A server that does not resume it is verified as ever.
public protocol SecureStream: ~Copyable {
  /// Starts a handshake with `host`, dropping whatever went before; a session that may be resumed
  /// is offered.
  ///
  /// `host` is an ASCII DNS name, or an IPv4 address in decimal, which then has to stand in the
  /// certificate as an address.
  ///
  /// The time must be trusted, because it decides which certificates are valid.
  mutating func open(host: Span<UInt8>, at time: TrustedTime) throws(SecureStreamFailure)
  /// Works on what was received, as far as it goes, and says where the connection stands.
  ///
  /// A handshake step may compute for up to a second on a small processor.
  mutating func advance() -> SecureStreamProgress
  /// Records for the peer; empty when there are none. After a failure, the alert that tells it.
  var recordsToSend: Span<UInt8> { @_lifetime(borrow self) get }
  /// The first `count` bytes of `recordsToSend` went out.
  mutating func recordsSent(_ count: Int)
  /// Where to put bytes from the peer; empty while there is no room: then `read` must make some.
  ///
  /// It is empty too where there is no connection that could use them.
  @_lifetime(&self)
  mutating func recordSpace() -> MutableSpan<UInt8>
  /// The first `count` bytes of `recordSpace` were filled.
  mutating func recordsReceived(_ count: Int)
  /// Encrypts a prefix of `plaintext` and returns its length.
  ///
  /// Zero while records wait to be sent, and before the connection is open.
  mutating func write(_ plaintext: Span<UInt8>) throws(SecureStreamFailure) -> Int
  /// Decrypts into `space` and returns the count; zero when more records are needed.
  ///
  /// What the peer sent before it closed or broke the rules is given first, then the failure.
  mutating func read(into space: inout MutableSpan<UInt8>) throws(SecureStreamFailure) -> Int
  /// Queues the closing alert; what `recordsToSend` gives then is the last.
  ///
  /// From then on `advance` says `idle`.
  mutating func close()
  /// Forgets the connection, its keys and what was buffered, but for what it takes to resume its
  /// session.
  mutating func reset()
  /// True if the connection that is open, or was until it failed, resumed an earlier session.
  ///
  /// Then the server was not verified anew, but has proven to be the one that was. That it knows
  /// whom it talks to must not be concluded.
  var wasResumed: Bool { get }
  /// Wipes the session that the next `open` would offer; that of a present connection is not kept.
  mutating func forgetSession()
}

/// Where a TLS connection stands.
public enum SecureStreamProgress: Equatable, Sendable {
  /// There is no connection.
  case idle
  /// The handshake is under way; bytes have to move.
  case handshaking
  /// Plaintext can flow.
  case open
  /// It is over, for this reason.
  case failed(SecureStreamFailure)
}
