import Bytes
public import Cryptography
public import TimeKeeping
public import Units

/// The device's token, from its signature to its end.
///
/// A token is offered in CONNECT and good for reconnects until it has to be renewed, which is
/// before its end by a margin that includes the clock's uncertainty, and by a jitter that keeps a
/// fleet from renewing together. The next token may be signed ahead while the connection is idle;
/// it takes the place of the old one, because a connection needs its token no more once it is
/// accepted, and the newer of two is the better one for a reconnect. A refused token is wiped at
/// once: none is ever offered again.
public struct TokenLifeCycle: ~Copyable {
  /// What became of the token in `bytes`.
  private enum State {
    /// There is no token.
    case none
    /// It was signed; no connection depends on it.
    case signed
    /// It was sent and not answered yet.
    case offered
    /// It was accepted, and the present connection depends on it.
    case accepted
  }

  /// What is known of a token without reading it.
  private struct Dates {
    var issuedAt = UnixTime(seconds: 0)
    var expires = UnixTime(seconds: 0)
    var jitter = Interval.zero
  }

  private var state = State.none
  private var bytes = TokenBytes()
  private var dates = Dates()
  /// The dates of the token that the present connection was opened with.
  private var session: Dates?
  /// Refusals since a token was accepted.
  private var refusalCount = 0
  /// The earliest and the latest beginning of the tokens refused last, a minute apart at most each.
  private var firstRefused = UnixTime(seconds: 0)
  private var lastRefused = UnixTime(seconds: 0)
  private let policy: TokenPolicy

  /// Starts without a token.
  public init(policy: TokenPolicy) { self.policy = policy }

  /// True if the token can open a connection that need not be renewed at once.
  public func isReady(at time: TrustedTime) -> Bool {
    isValid(at: time) && time.time < renewal(of: dates, time.uncertainty)
  }

  /// Signs a new token, which takes the place of the old one; not between `offer` and its answer.
  ///
  /// The texts are those of `TokenClaims`; the 64 random bits choose the jitter. Without success
  /// there is no token.
  public mutating func sign<Signer: TokenSigner & ~Copyable>(
    audience: Span<UInt8>, subject: Span<UInt8> = Span(), identifier: Span<UInt8> = Span(),
    signer: inout Signer, time: TrustedTime, random: UInt64
  ) throws(TokenFailure) {
    precondition(state != .offered, "the token on its way has not been answered")
    state = .none
    var issuedAt = TokenClaims.earliest(time)
    // A key that signs the same text alike would make a refused token anew where the clock was set
    // back meanwhile: this one begins a second earlier, or a few, which no cloud minds.
    if issuedAt >= firstRefused, issuedAt <= lastRefused {
      issuedAt = firstRefused - Interval(seconds: 1)
    }
    let claims = TokenClaims(
      audience: audience, subject: subject, identifier: identifier, issuedAt: issuedAt,
      lifetime: policy.lifetime)
    try JWT.write(claims, signer: &signer, into: &bytes)
    dates = Dates(
      issuedAt: claims.issuedAt, expires: claims.expires,
      jitter: policy.jitterMaximum.drawn(by: random))
    state = .signed
  }

  /// The token for a CONNECT, which the caller then sends; nil where none is valid for certain.
  @_lifetime(&self)
  public mutating func offer(at time: TrustedTime) -> Span<UInt8>? {
    guard isValid(at: time) else { return nil }
    state = .offered
    session = nil
    return bytes.span
  }

  /// The cloud accepted the offered token.
  public mutating func accepted() {
    precondition(state == .offered, "no token was offered")
    state = .accepted
    session = dates
    refusalCount = 0
  }

  /// The cloud refused the token, in answer to CONNECT or later; call it before `disconnected`.
  public mutating func refused() -> TokenVerdict {
    let start = (session ?? dates).issuedAt
    // One from far away says that the clock was wrong: all the dates between were never used.
    let isNear = start.distance(to: lastRefused) <= Interval(seconds: 60)
    firstRefused = isNear ? min(start, firstRefused) : start
    lastRefused = isNear ? max(start, lastRefused) : start
    // A token that was signed ahead is not the one that the cloud has seen.
    if state != .signed || session == nil { forget() }
    session = nil
    refusalCount += 1
    return refusalCount == 1 ? .checkTimeThenSignAgain : .backOff
  }

  /// The connection is gone, for whatever reason; its token remains good for another.
  public mutating func disconnected() {
    session = nil
    if state != .none { state = .signed }
  }

  /// The moment at which the next token should be signed ahead; `never` if there is no need.
  ///
  /// Like `refreshDeadline` it follows the clock, so ask for it anew whenever it is needed.
  public func signDeadline(by clock: borrowing TrustedClock, now: Instant) -> Instant {
    guard state == .accepted else { return .never }
    return deadline(by: clock, now: now, ahead: policy.signAhead)
  }

  /// The moment at which the present connection should be renewed; `never` without one.
  ///
  /// It is also `never` while the clock is not trusted, when nothing could be signed anyway.
  public func refreshDeadline(by clock: borrowing TrustedClock, now: Instant) -> Instant {
    deadline(by: clock, now: now, ahead: .zero)
  }

  /// Forgets the token and wipes its memory.
  public mutating func forget() {
    bytes.wipe()
    state = .none
  }

  private func deadline(
    by clock: borrowing TrustedClock, now: Instant, ahead: Interval
  ) -> Instant {
    guard let session, let time = clock.time(at: now) else { return .never }
    let date = renewal(of: session, time.uncertainty) - ahead
    return clock.instant(of: date, now: now) ?? .never
  }

  /// True if there is a token that has begun and not ended, as far as the clock can tell.
  private func isValid(at time: TrustedTime) -> Bool {
    // A clock that was set back leaves behind a token from the future.
    state != .none && time.time + time.uncertainty >= dates.issuedAt
      && time.time + time.uncertainty < dates.expires
  }

  private func renewal(of dates: Dates, _ uncertainty: Interval) -> UnixTime {
    dates.expires - policy.margin(for: uncertainty) - dates.jitter
  }
}
