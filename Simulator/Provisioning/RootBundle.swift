import SwiftASN1

/// Root certificates in a PEM file, such as those that Debian's ca-certificates installs.
public enum RootBundle {
  /// The certificates in `text`, in DER; other objects and malformed ones are left out.
  public static func certificates(inPEM text: String) -> [[UInt8]] {
    guard let documents = try? PEMDocument.parseMultiple(pemString: text) else { return [] }
    return documents.filter { $0.discriminator == "CERTIFICATE" }.map(\.derBytes)
  }
}
