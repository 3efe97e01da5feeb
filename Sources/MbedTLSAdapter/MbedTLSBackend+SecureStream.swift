import CMbedTLS
public import TLS
public import TimeKeeping
import Units

/// TLS 1.2 with ECDHE and AES-GCM, by the library; certificates are judged at the trusted time.
///
/// The uncertainty of that time plays no part: a fleet has to decide alike at the same moment.
extension MbedTLSBackend: SecureStream {
  /// Starts a handshake with `host`, a DNS name or an IPv4 address in decimal.
  ///
  /// This allocates the two record buffers, which live until `reset` or the next `open`.
  public mutating func open(
    host: Span<UInt8>, at time: TrustedTime
  ) throws(SecureStreamFailure) {
    // The name is copied.
    let outcome = unsafe swiftlet_session_open(client, host.start, host.count, time.time.seconds)
    guard outcome.result == SWIFTLET_OK else { throw fail(outcome) }
    connection = .handshaking
  }

  /// Works on what was received, as far as it goes, and says where the connection stands.
  public mutating func advance() -> SecureStreamProgress {
    switch connection {
    case .idle: return .idle
    case .failed(let failure): return .failed(failure)
    case .handshaking, .open: break
    }
    // A session was opened, and not reset since.
    let outcome = unsafe swiftlet_session_advance(client)
    switch outcome.result {
    case SWIFTLET_WAITING: return .handshaking
    case SWIFTLET_OK:
      connection = .open
      return .open
    default: return .failed(fail(outcome))
    }
  }

  /// Records for the peer, after a failure too: then the alert that tells the reason.
  public var recordsToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      // The bytes lie in the storage, and stay there until a mutating call.
      let bytes = unsafe UnsafeBufferPointer(
        start: swiftlet_outbound_bytes(client), count: swiftlet_outbound_count(client))
      return unsafe _overrideLifetime(Span(_unsafeElements: bytes), borrowing: self)
    }
  }

  /// The first `count` bytes of `recordsToSend` went out.
  public mutating func recordsSent(_ count: Int) {
    // The context lives as long as this value; C relies on the check.
    unsafe precondition(count >= 0 && count <= swiftlet_outbound_count(client))
    unsafe swiftlet_outbound_remove(client, count)
  }

  /// Where to put bytes from the peer; empty where there is no room or no connection.
  @_lifetime(&self)
  public mutating func recordSpace() -> MutableSpan<UInt8> {
    // The space lies in the storage, and stays there until the next mutating call.
    let space = unsafe UnsafeMutableBufferPointer(
      start: swiftlet_inbound_space(client), count: recordRoom)
    return unsafe _overrideLifetime(MutableSpan(_unsafeElements: space), mutating: &self)
  }

  /// The first `count` bytes of `recordSpace` were filled.
  public mutating func recordsReceived(_ count: Int) {
    precondition(count >= 0 && count <= recordRoom)
    // As many bytes lie where `recordSpace` was.
    unsafe swiftlet_inbound_add(client, count)
  }

  /// Encrypts a prefix of `plaintext`, at most some 900 bytes, and returns its length.
  public mutating func write(_ plaintext: Span<UInt8>) throws(SecureStreamFailure) -> Int {
    guard try isOpen() else { return 0 }
    // The plaintext is encrypted into the library's memory before the call returns.
    let outcome = unsafe swiftlet_session_write(client, plaintext.start, plaintext.count)
    guard outcome.result == SWIFTLET_OK else { throw fail(outcome) }
    return Int(outcome.detail)
  }

  /// Decrypts into `space` and returns the count; zero when more records are needed.
  public mutating func read(
    into space: inout MutableSpan<UInt8>
  ) throws(SecureStreamFailure) -> Int {
    guard try isOpen() else { return 0 }
    let client = unsafe client
    // C writes no more than `count` bytes, and keeps no pointer.
    let outcome = unsafe space.withUnsafeMutableBufferPointer {
      unsafe swiftlet_session_read(client, $0.baseAddress, $0.count)
    }
    guard outcome.result == SWIFTLET_OK else { throw fail(outcome) }
    return Int(outcome.detail)
  }

  /// Queues the closing alert if the connection is open; it is `idle` from then on.
  public mutating func close() {
    switch connection {
    case .open:
      // The session is open, so it can encrypt an alert.
      unsafe swiftlet_session_close(client)
      connection = .idle
    case .handshaking: connection = .idle
    case .idle, .failed: break
    }
  }

  /// Frees and wipes all of the connection; key, certificates and seed stay, and what it takes to
  /// resume the session: some 150 bytes, and a ticket of at most 1024 in memory set aside for
  /// records.
  public mutating func reset() {
    // Allowed in any state.
    unsafe swiftlet_session_reset(client)
    connection = .idle
  }

  /// True if the connection that is open, or was until it failed, resumed an earlier session.
  public var wasResumed: Bool {
    // The context lives as long as this value.
    unsafe swiftlet_session_was_resumed(client) != 0
  }

  /// Wipes the session that the next `open` would offer; that of a present connection is not kept.
  ///
  /// A new key or certificate does so too.
  public mutating func forgetSession() {
    // Allowed in any state.
    unsafe swiftlet_session_forget(client)
  }

  /// The bytes that may be received now; none where nobody would look at them.
  private var recordRoom: Int {
    switch connection {
    case .handshaking, .open:
      // The context lives as long as this value.
      unsafe swiftlet_inbound_room(client)
    case .idle, .failed: 0
    }
  }

  /// False while no plaintext can flow; throws if it never will.
  private func isOpen() throws(SecureStreamFailure) -> Bool {
    switch connection {
    case .open: return true
    case .idle, .handshaking: return false
    case .failed(let failure): throw failure
    }
  }

  /// Enters the state of failure for what `outcome` says.
  private mutating func fail(_ outcome: swiftlet_outcome) -> SecureStreamFailure {
    let failure = SecureStreamFailure(outcome)
    connection = .failed(failure)
    return failure
  }
}

extension SecureStreamFailure {
  /// Translates what C says.
  fileprivate init(_ outcome: swiftlet_outcome) {
    switch outcome.result {
    case SWIFTLET_HOST_NAME_MISSING: self = .hostNameMissing
    case SWIFTLET_EXPIRED: self = .certificateExpired
    case SWIFTLET_NOT_YET_VALID: self = .certificateNotYetValid
    case SWIFTLET_WRONG_HOST: self = .wrongHost
    case SWIFTLET_UNKNOWN_ROOT: self = .unknownRoot
    case SWIFTLET_WEAK: self = .weakCertificate
    case SWIFTLET_UNACCEPTABLE: self = .unacceptableCertificate
    case SWIFTLET_NO_COMMON_PARAMETERS: self = .noCommonParameters
    case SWIFTLET_ALERT: self = .alert(UInt8(truncatingIfNeeded: outcome.detail))
    case SWIFTLET_CLOSED_BY_PEER: self = .closedByPeer
    case SWIFTLET_MALFORMED: self = .malformed
    case SWIFTLET_BAD_IDENTITY: self = .badIdentity
    case SWIFTLET_NOT_SEEDED: self = .notSeeded
    case SWIFTLET_OUT_OF_MEMORY: self = .outOfMemory
    default: self = .internalFailure(outcome.detail)
    }
  }
}
