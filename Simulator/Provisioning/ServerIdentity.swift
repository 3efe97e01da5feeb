/// What a server shows and proves in a TLS handshake, and the root that vouches for it.
///
/// Its description names hosts and dates and leaves the private key out.
public struct ServerIdentity: Sendable, CustomStringConvertible, CustomReflectable {
  /// The certificates sent, in DER: the server's own, then the intermediate if there is one.
  public let chainDER: [[UInt8]]
  /// The server's private key, in PEM: a secret.
  public let privateKeyPEM: String
  /// The root certificate, in DER, which clients trust and the server does not send.
  public let rootDER: [UInt8]
  /// The names and addresses in the server's certificate.
  public let names: [String]
  /// When the server's certificate is good.
  public let validity: Validity

  /// The certificates sent, in PEM.
  public var chainPEM: String { chainDER.map(PEM.certificate).joined() }

  /// The root certificate, in PEM.
  public var rootPEM: String { PEM.certificate(rootDER) }

  /// The names and the last moment.
  public var description: String {
    "server identity for \(names.joined(separator: ", ")), until \(validity.end)"
  }

  /// The description alone.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
