public import Bytes
public import Cryptography
import Units

/// JSON Web Tokens, as far as a device writes them (RFC 7519).
public enum JWT {
  /// Writes the signed token for `claims` into `token`, which loses its content; empty on failure.
  ///
  /// The result is in the compact form of RFC 7515: three parts of base64url without padding.
  public static func write<Signer: TokenSigner & ~Copyable, let capacity: Int>(
    _ claims: borrowing TokenClaims, signer: inout Signer, into token: inout FixedBytes<capacity>
  ) throws(TokenFailure) {
    token.wipe()
    do {
      try JWS.append(header(signer.signatureAlgorithm).bytes, to: &token)
      try JWS.appendStop(to: &token)
      try append(claims, to: &token)
      try JWS.sign(&token, with: &signer)
    } catch {
      token.wipe()
      throw error
    }
  }

  private static func header(_ algorithm: SignatureAlgorithm) -> StaticString {
    switch algorithm {
    case .es256: #"{"alg":"ES256","typ":"JWT"}"#
    case .rs256: #"{"alg":"RS256","typ":"JWT"}"#
    }
  }

  private static func append<let capacity: Int>(
    _ claims: borrowing TokenClaims, to token: inout FixedBytes<capacity>
  ) throws(TokenFailure) {
    var writer = ClaimsWriter(token.freeSpace)
    try writer.write(json: #"{"iat":"#)
    try writer.write(number: UInt64(claims.issuedAt.seconds))
    try writer.write(json: #","exp":"#)
    try writer.write(number: UInt64(claims.expires.seconds))
    try append(#","aud":""#, claims.audience, to: &writer)
    try append(#","sub":""#, claims.subject, to: &writer)
    try append(#","jti":""#, claims.identifier, to: &writer)
    try writer.write(json: "}")
    let count = try writer.finish()
    token.commit(count)
  }

  @inline(never)
  @_lifetime(writer: copy writer)
  private static func append(
    _ name: StaticString, _ text: Span<UInt8>, to writer: inout ClaimsWriter
  ) throws(TokenFailure) {
    guard !text.isEmpty else { return }
    try writer.write(json: name)
    try writer.write(text: text)
    try writer.write(json: #"""#)
  }
}
