import SwiftASN1

/// Text form of binary objects (RFC 7468).
enum PEM {
  /// A certificate as text that ends with a line break.
  static func certificate(_ der: [UInt8]) -> String {
    PEMDocument(type: "CERTIFICATE", derBytes: der).pemString + "\n"
  }
}
