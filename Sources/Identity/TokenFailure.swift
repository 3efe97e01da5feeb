public import Crypto

/// Why there is no token.
public enum TokenFailure: Error, Equatable, Sendable {
  /// It does not fit the given buffer.
  case tooLong
  /// A claim holds a byte that JSON would have to escape, or that is not ASCII.
  case unsupportedCharacter
  /// The key did not sign.
  case signing(SigningFailure)
}
