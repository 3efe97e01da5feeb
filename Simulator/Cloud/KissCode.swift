/// What a time server says to a client that should go away (RFC 5905 section 7.4).
public enum KissCode: String, CaseIterable, Sendable {
  /// Access is denied for good.
  case deny = "DENY"
  /// Access is restricted by policy.
  case restricted = "RSTR"
  /// The client asks too often.
  case rate = "RATE"
}
