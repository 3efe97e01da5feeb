/// What to do about a token that the cloud refused.
public enum TokenVerdict: Equatable, Sendable {
  /// The clock may be wrong: ask for the time anew, then sign a new token and try it at once.
  case checkTimeThenSignAgain
  /// A fresh token was refused too: the reason lies elsewhere, so wait before the next attempt.
  case backOff
}
