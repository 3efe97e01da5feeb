import Bytes
import Cryptography
import Testing

@testable import Identity

/// The signatures of RFC 7515 as a fake key gives them; what is tested is all around them.
@Suite struct JWSTests {
  static let payload =
    "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
  static let encodedPayload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

  /// RFC 7515 appendix A.2.1.
  static let rs256Signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
    + "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
    + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
    + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
    + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
    + "p0igcN_IoypGlUPQGe77Rw"

  /// RFC 7515 appendix A.3.1.
  static let es256Signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

  @Test(arguments: [
    (SignatureAlgorithm.rs256, #"{"alg":"RS256"}"#, "eyJhbGciOiJSUzI1NiJ9", rs256Signature),
    (SignatureAlgorithm.es256, #"{"alg":"ES256"}"#, "eyJhbGciOiJFUzI1NiJ9", es256Signature),
  ])
  func thePublishedExamples(
    algorithm: SignatureAlgorithm, header: String, encodedHeader: String, signature: String
  ) throws {
    let signatureBytes = try #require(decoded(signature))
    var signer = FakeSigner(algorithm, signature: signatureBytes)
    var token = FixedBytes<640>()
    try JWS.append(header.bytes.span, to: &token)
    try JWS.appendStop(to: &token)
    try JWS.append(Self.payload.bytes.span, to: &token)
    try JWS.sign(&token, with: &signer)
    let input = encodedHeader + "." + Self.encodedPayload
    #expect(String(decoding: signer.message, as: UTF8.self) == input)
    #expect(text(token.span) == input + "." + signature)
  }

  @Test func theSigningInputIsThePublishedOne() throws {
    var signer = FakeSigner()
    var token = FixedBytes<640>()
    try JWS.append(#"{"alg":"ES256"}"#.bytes.span, to: &token)
    try JWS.appendStop(to: &token)
    try JWS.append(Self.payload.bytes.span, to: &token)
    try JWS.sign(&token, with: &signer)
    // The octets that appendix A.3.1 lists for the beginning and the end of the input.
    #expect(signer.message.prefix(8) == [101, 121, 74, 104, 98, 71, 99, 105])
    #expect(signer.message.suffix(6) == [116, 99, 110, 86, 108, 102, 81][1...])
  }

  @Test(arguments: [256, 384, 512])
  func signaturesOfAllKeySizesAreTaken(_ count: Int) throws {
    let signature = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var signer = FakeSigner(.rs256, signature: signature)
    var token = FixedBytes<1024>()
    try JWS.append("{}".bytes.span, to: &token)
    try JWS.sign(&token, with: &signer)
    let written = parts(text(token.span))
    #expect(decoded(written[1]) == signature)
  }

  @Test func aSignatureOfTheWrongSizeIsRefused() {
    var signer = FakeSigner(.es256, signature: [UInt8](repeating: 1, count: 65))
    var token = FixedBytes<640>()
    #expect(throws: TokenFailure.signing(.overflow)) { try JWS.sign(&token, with: &signer) }
  }
}
