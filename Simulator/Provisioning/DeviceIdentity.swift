/// Who a device is: its name and the key pair that proves it.
///
/// Its description leaves the private key out.
public struct DeviceIdentity: Sendable, CustomStringConvertible, CustomReflectable {
  /// The device's name in its registry, for which `isValid(id:)` holds.
  public let id: String
  /// How the device signs.
  public let algorithm: DeviceAlgorithm
  /// The private key in DER, as PKCS#8: a secret.
  public let privateKeyDER: [UInt8]
  /// The public key in PEM, as SubjectPublicKeyInfo.
  public let publicKeyPEM: String

  /// The name and the algorithm.
  public var description: String { "device \(id), \(algorithm.rawValue)" }

  /// The description alone.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }

  /// True for 3 to 255 letters, digits and `- . _ ~ + %`, of which the first is a letter.
  ///
  /// The rule of Google-style registries. Such a name is also safe as the name of a folder.
  public static func isValid(id: String) -> Bool {
    let bytes = id.utf8
    guard (3...255).contains(bytes.count), let first = bytes.first, isLetter(first) else {
      return false
    }
    return bytes.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || "-._~+%".utf8.contains(byte)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
