public import TimeKeeping
public import Units

/// What a token says about its bearer (RFC 7519 section 4.1).
///
/// Texts are printable ASCII without quotation mark and backslash. An empty one is left out.
public struct TokenClaims: ~Escapable {
  /// Whom the token is for: `aud`.
  public let audience: Span<UInt8>
  /// Whom it is about: `sub`.
  public let subject: Span<UInt8>
  /// What tells it from all others: `jti`.
  public let identifier: Span<UInt8>
  /// When it begins to be valid: `iat`, a whole second.
  public let issuedAt: UnixTime
  /// When it ends to be valid: `exp`, a whole second.
  public let expires: UnixTime

  /// Creates the claims of a token that lives for `lifetime` (in whole seconds) from now on.
  ///
  /// It begins at the earliest date that it may be now, since some clouds refuse a token from the
  /// future, and ends that much earlier too, since all refuse one that lives for too long.
  @_lifetime(copy audience, copy subject, copy identifier)
  public init(
    audience: Span<UInt8>, subject: Span<UInt8> = Span(), identifier: Span<UInt8> = Span(),
    time: TrustedTime, lifetime: Interval
  ) {
    self.init(
      audience: audience, subject: subject, identifier: identifier,
      issuedAt: Self.earliest(time), lifetime: lifetime)
  }

  /// Creates the claims of a token that lives for `lifetime` from a date of whole seconds on.
  @_lifetime(copy audience, copy subject, copy identifier)
  init(
    audience: Span<UInt8>, subject: Span<UInt8>, identifier: Span<UInt8>, issuedAt: UnixTime,
    lifetime: Interval
  ) {
    self.audience = audience
    self.subject = subject
    self.identifier = identifier
    self.issuedAt = issuedAt
    expires = issuedAt + Interval(seconds: lifetime.seconds)
  }

  /// The earliest date that it may be, in whole seconds.
  static func earliest(_ time: TrustedTime) -> UnixTime {
    UnixTime(seconds: max(0, (time.time - time.uncertainty).seconds))
  }
}
