/// Why a connection cannot be opened.
public enum ConnectFailure: Error, Equatable, Sendable {
  /// The CONNECT packet would be longer than the memory for it; another try will fare no better.
  case tooLarge
}
