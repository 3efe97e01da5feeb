public import Foundation

/// Which tokens are good, given a right signature.
///
/// The defaults are those of ClearBlade IoT Core, whose rules follow Google's.
public struct TokenPolicy: Equatable, Sendable {
  /// The longest time from `iat` to `exp`, in seconds; the skew is added to it.
  public var lifetimeMaximum: TimeInterval = 86_400
  /// How wrong a device's clock may be, in seconds.
  public var skew: TimeInterval = 600
  /// How long after `exp` an open connection is closed, in seconds.
  public var expiryGrace: TimeInterval = 3

  /// Creates the default policy.
  public init() {}

  /// Why a token with `claims` is not good for `audience` at `now`, or nil if it is.
  func refusal(of claims: DeviceClaims, audience: String, now: Date) -> RefusalReason? {
    guard let issued = claims.issuedAt, let expires = claims.expiresAt, !claims.audience.isEmpty
    else { return .claimMissing }
    guard claims.audience == [audience] else { return .audience }
    let seconds = now.timeIntervalSince1970
    guard issued <= seconds + skew else { return .issuedInFuture }
    guard expires + skew > seconds else { return .expired }
    guard expires > issued, expires - issued <= lifetimeMaximum + skew else { return .lifetime }
    return nil
  }

  /// When a connection opened at `now` with a token that expires at `expiresAt` must be closed.
  ///
  /// A token that was within the skew, but past its end, may be used until the skew is over.
  func closing(expiresAt: TimeInterval, openedAt now: Date) -> Date {
    let isExpired = expiresAt <= now.timeIntervalSince1970
    return Date(timeIntervalSince1970: expiresAt + (isExpired ? skew : expiryGrace))
  }
}
