/// Why a TLS connection failed, in terms a user can act upon.
public enum SecureStreamFailure: Error, Equatable, Sendable {
  /// No host was given, or it is neither a DNS name nor an IPv4 address.
  case hostNameMissing
  /// A certificate of the chain has expired.
  case certificateExpired
  /// A certificate of the chain is not valid yet.
  case certificateNotYetValid
  /// The server's certificate is for another name.
  case wrongHost
  /// The chain does not end in one of our roots.
  case unknownRoot
  /// A key or signature of the chain is too weak, or of a kind that we do not accept.
  case weakCertificate
  /// The certificate may not be used for a server, or breaks another rule.
  case unacceptableCertificate
  /// Client and server have no version, suite or curve in common.
  case noCommonParameters
  /// The peer ended the connection with this alert (RFC 5246 section 7.2).
  case alert(UInt8)
  /// The peer closed the connection in good order.
  case closedByPeer
  /// The peer sent what TLS does not allow, or a record failed its check.
  case malformed
  /// The device's own certificate or key cannot be used.
  case badIdentity
  /// The random generator has not been seeded.
  case notSeeded
  /// The fixed memory of the library is used up.
  case outOfMemory
  /// The library failed in a way that should not happen; the number is its own.
  case internalFailure(Int32)
}
