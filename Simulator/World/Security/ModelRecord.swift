/// Records of TLS 1.2 as the model world sends them: real frames and sizes around plain text.
enum ModelRecord {
  /// Type, version and length.
  static let headerCount = 5
  /// Header and explicit nonce of AES-GCM.
  static let frontCount = 13
  /// The tag of AES-GCM.
  static let tagCount = 16
  /// All that a record adds to its content.
  static let overhead = frontCount + tagCount

  static let alert: UInt8 = 21
  static let handshake: UInt8 = 22
  static let data: UInt8 = 23

  /// Writes the front of a record of `byteCount` bytes in all.
  @inline(__always)
  static func writeFront(
    _ type: UInt8, byteCount: Int, to place: UnsafeMutableRawPointer
  ) {
    place.storeBytes(of: type, as: UInt8.self)
    place.storeBytes(of: 0x0303 as UInt16, toByteOffset: 1, as: UInt16.self)
    let length = UInt16(truncatingIfNeeded: byteCount - headerCount)
    place.storeBytes(of: length.bigEndian, toByteOffset: 3, as: UInt16.self)
  }

  /// The type of the one record that `bytes` are; nil if they are none.
  @inline(__always)
  static func type(of bytes: UnsafeRawBufferPointer) -> UInt8? {
    guard bytes.count >= overhead, bytes.loadUnaligned(fromByteOffset: 1, as: UInt16.self) == 0x0303
    else { return nil }
    let length = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 3, as: UInt16.self))
    return Int(length) == bytes.count - headerCount ? bytes[0] : nil
  }
}

/// A flight of the model's handshake: what it means, in the first bytes of a record.
struct Flight {
  enum Kind: UInt8 {
    /// The client begins; the value is the session that it offers, or zero.
    case hello = 1
    /// The client ends a full handshake.
    case clientFinish
    /// The client ends a resumed handshake.
    case resumedFinish
    /// The server shows its certificates; the value is zero if a known root has signed them.
    case certificates
    /// The server ends a full handshake; the value is the new session, or zero.
    case serverFinish
    /// The server resumes; the value is the session.
    case resumption
  }

  let kind: Kind
  let value: UInt64

  /// The bytes of a flight's meaning.
  static let byteCount = 9

  func write(to place: UnsafeMutableRawPointer) {
    place.storeBytes(of: kind.rawValue, as: UInt8.self)
    place.storeBytes(of: value, toByteOffset: 1, as: UInt64.self)
  }

  init(_ kind: Kind, _ value: UInt64 = 0) {
    self.kind = kind
    self.value = value
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.byteCount, let kind = Kind(rawValue: bytes[0]) else { return nil }
    self.kind = kind
    value = bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self)
  }
}
