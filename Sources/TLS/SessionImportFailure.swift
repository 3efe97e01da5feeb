/// Why bytes were not taken as a session.
public enum SessionImportFailure: Error, Equatable, Sendable {
  /// The host is neither a DNS name nor an IPv4 address.
  case hostNameMissing
  /// There is no device key that the session could be sealed with.
  case noKey
  /// They were not made with the same key, for the same host and with the same roots; or changed.
  case refused
  /// The fixed memory of the library is used up.
  case outOfMemory
}
