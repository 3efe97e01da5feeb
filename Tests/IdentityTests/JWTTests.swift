import Bytes
import Cryptography
import Testing
import Units

@testable import Identity
@testable import TimeKeeping

@Suite struct JWTTests {
  static func time(_ seconds: Int64, uncertainty: UInt64 = 0) -> TrustedTime {
    TrustedTime(UnixTime(seconds: seconds), uncertainty: Interval(milliseconds: uncertainty))
  }

  /// Writes a token and gives its three parts decoded, the last one as bytes.
  static func written(
    audience: String = "a", subject: String = "", identifier: String = "",
    time: TrustedTime = time(1_800_000_000), lifetime: UInt64 = 3_600,
    algorithm: SignatureAlgorithm = .es256
  ) throws -> (header: String, payload: String) {
    var signer = FakeSigner(algorithm)
    var token = TokenBytes()
    let audience = audience.bytes
    let subject = subject.bytes
    let identifier = identifier.bytes
    let claims = TokenClaims(
      audience: audience.span, subject: subject.span, identifier: identifier.span, time: time,
      lifetime: Interval(seconds: lifetime))
    try JWT.write(claims, signer: &signer, into: &token)
    let all = parts(text(token.span))
    #expect(all.count == 3)
    #expect(decoded(all[2]) == signer.signature)
    #expect(String(decoding: signer.message, as: UTF8.self) == "\(all[0]).\(all[1])")
    let header = try #require(decoded(all[0]))
    let payload = try #require(decoded(all[1]))
    return (String(decoding: header, as: UTF8.self), String(decoding: payload, as: UTF8.self))
  }

  @Test func theClaimsAreThoseOfAGoogleStyleCloud() throws {
    let token = try Self.written(audience: "my-project")
    #expect(token.header == #"{"alg":"ES256","typ":"JWT"}"#)
    #expect(token.payload == #"{"iat":1800000000,"exp":1800003600,"aud":"my-project"}"#)
  }

  @Test func optionalClaimsAreLeftOutOrWritten() throws {
    let all = try Self.written(audience: "a", subject: "s", identifier: "42")
    #expect(all.payload.hasSuffix(#","aud":"a","sub":"s","jti":"42"}"#))
    let none = try Self.written(audience: "", lifetime: 1)
    #expect(none.payload == #"{"iat":1800000000,"exp":1800000001}"#)
    #expect(try Self.written(algorithm: .rs256).header == #"{"alg":"RS256","typ":"JWT"}"#)
  }

  @Test(
    arguments: [
      2_085_978_496, 2_147_483_647, 2_147_483_648, 4_294_967_296, 32_503_680_000, 999_999_999_999,
    ] as [Int64])
  func datesHave64Bits(_ seconds: Int64) throws {
    let token = try Self.written(time: Self.time(seconds), lifetime: 86_400)
    #expect(token.payload == #"{"iat":\#(seconds),"exp":\#(seconds + 86_400),"aud":"a"}"#)
  }

  @Test func theTokenIsNeverFromTheFutureNorTooLong() throws {
    let token = try Self.written(time: Self.time(1_000, uncertainty: 2_500), lifetime: 100)
    #expect(token.payload == #"{"iat":997,"exp":1097,"aud":"a"}"#)
    let early = try Self.written(time: Self.time(1, uncertainty: 2_500), lifetime: 100)
    #expect(early.payload == #"{"iat":0,"exp":100,"aud":"a"}"#)
  }

  @Test func allLengthsAreWrittenWithoutPadding() throws {
    for count in 0..<40 {
      let audience = String(repeating: "x", count: count + 1)
      #expect(try Self.written(audience: audience).payload.hasSuffix(#""aud":"\#(audience)"}"#))
      var signer = FakeSigner()
      var token = TokenBytes()
      let bytes = audience.bytes
      let claims = TokenClaims(
        audience: bytes.span, time: Self.time(1), lifetime: Interval(seconds: 1))
      try JWT.write(claims, signer: &signer, into: &token)
      #expect(!text(token.span).contains("="))
    }
  }

  @Test func onlyPrintableASCIIWithoutEscapesIsAllowed() throws {
    for byte in UInt8.min...UInt8.max {
      let isPlain = byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C
      for position in 0..<3 {
        var signer = FakeSigner()
        var token = TokenBytes()
        let bytes = [0x61, byte]
        let none: [UInt8] = []
        let claims = TokenClaims(
          audience: position == 0 ? bytes.span : none.span,
          subject: position == 1 ? bytes.span : none.span,
          identifier: position == 2 ? bytes.span : none.span, time: Self.time(1),
          lifetime: Interval(seconds: 1))
        var failure: TokenFailure?
        do throws(TokenFailure) {
          try JWT.write(claims, signer: &signer, into: &token)
        } catch {
          failure = error
        }
        #expect(failure == (isPlain ? nil : .unsupportedCharacter))
        #expect(token.isEmpty == !isPlain)
      }
    }
  }

  @Test(arguments: [
    SigningFailure.noKey, .notSeeded, .overflow, .internalFailure,
  ])
  func aKeyThatFailsLeavesNothingBehind(_ failure: SigningFailure) {
    var signer = FakeSigner()
    signer.failure = failure
    var token = TokenBytes()
    let claims = TokenClaims(
      audience: Span(), time: Self.time(1), lifetime: Interval(seconds: 1))
    var thrown: TokenFailure?
    do throws(TokenFailure) {
      try JWT.write(claims, signer: &signer, into: &token)
    } catch {
      thrown = error
    }
    #expect(thrown == .signing(failure))
    #expect(token.isEmpty == true)
  }

  /// A token's size is 36 + 1 + payload + 1 + 86, and 44 bytes of the payload are not audience.
  @Test func everyLengthUpToTheCapacityFitsAndNoneBeyond() throws {
    var longest = 0
    for count in 1...600 {
      var signer = FakeSigner()
      var token = TokenBytes()
      let bytes = [UInt8](repeating: 0x61, count: count)
      let claims = TokenClaims(
        audience: bytes.span, time: Self.time(1_800_000_000), lifetime: Interval(seconds: 60))
      let payloadCount = (count + 44) * 4
      let expected = 36 + 1 + (payloadCount + 2) / 3 + 1 + 86
      var failure: TokenFailure?
      do throws(TokenFailure) {
        try JWT.write(claims, signer: &signer, into: &token)
        #expect(token.count == expected)
        longest = count
      } catch {
        failure = error
      }
      #expect(failure == (expected <= 640 ? nil : .tooLong))
    }
    #expect(longest == 343)
  }

  @Test func everyCapacityThatIsTooSmallIsNoticed() {
    // 36 + 1 + 36 + 1 + 86 bytes are needed: {"iat":1,"exp":2,"aud":"a"}.
    Self.expectTooLong(FixedBytes<0>())
    Self.expectTooLong(FixedBytes<35>())
    Self.expectTooLong(FixedBytes<36>())
    Self.expectTooLong(FixedBytes<37>())
    Self.expectTooLong(FixedBytes<50>())
    Self.expectTooLong(FixedBytes<72>())
    Self.expectTooLong(FixedBytes<73>())
    Self.expectTooLong(FixedBytes<74>())
    Self.expectTooLong(FixedBytes<159>())
    var signer = FakeSigner()
    var token = FixedBytes<160>()
    #expect(throws: Never.self) { try Self.write(&token, &signer) }
    #expect(token.count == 160)
  }

  static func write<let capacity: Int>(
    _ token: inout FixedBytes<capacity>, _ signer: inout FakeSigner
  ) throws(TokenFailure) {
    let audience = "a".bytes
    let claims = TokenClaims(
      audience: audience.span, time: time(1), lifetime: Interval(seconds: 1))
    try JWT.write(claims, signer: &signer, into: &token)
  }

  static func expectTooLong<let capacity: Int>(_ token: consuming FixedBytes<capacity>) {
    var token = token
    var signer = FakeSigner()
    #expect(throws: TokenFailure.tooLong) { try write(&token, &signer) }
    #expect(token.isEmpty == true)
  }
}
