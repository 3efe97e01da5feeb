/// Why no certificate can be issued for a request.
public enum CertificateRequestError: Error, Equatable, CustomStringConvertible {
  /// No host name was given.
  case noName
  /// This text is no host name.
  case notHostName(String)
  /// This text is no IP address.
  case notAddress(String)

  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .noName: "a server certificate needs at least one host name"
    case .notHostName(let text):
      "'\(text)' is no host name: letters, digits, dots and hyphens, such as mqtt.example.test"
    case .notAddress(let text): "'\(text)' is no IP address, such as 127.0.0.1 or ::1"
    }
  }
}
