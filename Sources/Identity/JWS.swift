import Bytes
import Cryptography

/// The compact form of a signed text: header, payload and signature in base64url (RFC 7515 section
/// 7.1).
enum JWS {
  /// Appends `part` in base64url.
  static func append<let capacity: Int>(
    _ part: Span<UInt8>, to token: inout FixedBytes<capacity>
  ) throws(TokenFailure) {
    var writer = ByteWriter(token.freeSpace)
    do { try Base64URL.encode(part, to: &writer) } catch { throw .tooLong }
    let count = writer.count
    token.commit(count)
  }

  /// Appends the full stop between two parts.
  static func appendStop<let capacity: Int>(
    to token: inout FixedBytes<capacity>
  ) throws(TokenFailure) {
    do { try token.append(UInt8(ascii: ".")) } catch { throw .tooLong }
  }

  /// Appends a full stop and the signature of what stands before it.
  ///
  /// The key reads its message from the token while it writes the signature, so the signature needs
  /// memory of its own; each algorithm has a frame with just as much as it needs, which is gone
  /// when the handshake needs the stack.
  static func sign<Signer: TokenSigner & ~Copyable, let capacity: Int>(
    _ token: inout FixedBytes<capacity>, with signer: inout Signer
  ) throws(TokenFailure) {
    switch signer.signatureAlgorithm {
    case .es256: try signShort(&token, &signer)
    case .rs256: try signLong(&token, &signer)
    }
  }

  @inline(never)
  private static func signShort<Signer: TokenSigner & ~Copyable, let capacity: Int>(
    _ token: inout FixedBytes<capacity>, _ signer: inout Signer
  ) throws(TokenFailure) {
    var signature = ShortSignature()
    try sign(&token, with: &signer, through: &signature)
  }

  @inline(never)
  private static func signLong<Signer: TokenSigner & ~Copyable, let capacity: Int>(
    _ token: inout FixedBytes<capacity>, _ signer: inout Signer
  ) throws(TokenFailure) {
    var signature = LongSignature()
    try sign(&token, with: &signer, through: &signature)
  }

  private static func sign<Signer: TokenSigner & ~Copyable, let capacity: Int, let size: Int>(
    _ token: inout FixedBytes<capacity>, with signer: inout Signer,
    through signature: inout FixedBytes<size>
  ) throws(TokenFailure) {
    let count: Int
    do {
      var space = signature.freeSpace
      count = try signer.sign(token.span, into: &space)
    } catch {
      throw .signing(error)
    }
    signature.commit(count)
    try appendStop(to: &token)
    try append(signature.span, to: &token)
  }
}
