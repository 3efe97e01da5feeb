import Foundation
import Provisioning
import Testing

@testable import Cloud

@Suite struct TokenVerifierTests {
  private let now = Date(timeIntervalSince1970: 1_800_000_000)
  private let verifier = TokenVerifier(policy: TokenPolicy(), audience: "p")
  private let identity: DeviceIdentity
  private let other: DeviceIdentity

  init() throws {
    identity = try .generate(id: "device-1", algorithm: .es256)
    other = try .generate(id: "device-1", algorithm: .es256)
  }

  @Test func goodTokenTellsWhenItExpires() async throws {
    let token = try identity.token(audience: "p", issuedAt: now, lifetime: 3_600)
    #expect(await check(token, keys: [try RegistryKey(identity)]) == .success(1_800_003_600))
  }

  @Test func anyOfThreeKeysWillDo() async throws {
    let third = try DeviceIdentity.generate(id: "device-1", algorithm: .rs256)
    let keys = try [other, identity, third].map { try RegistryKey($0) }
    for signer in [identity, other, third] {
      let token = try signer.token(audience: "p", issuedAt: now)
      #expect(await check(token, keys: keys) == .success(1_800_003_600))
    }
  }

  @Test func refusals() async throws {
    let token = try identity.token(audience: "p", issuedAt: now)
    let key = try RegistryKey(identity)
    #expect(await check(token, keys: []) == .failure(.algorithm))
    #expect(await check(token, keys: [try RegistryKey(other)]) == .failure(.signature))
    let rsa = try DeviceIdentity.generate(id: "device-1", algorithm: .rs256)
    #expect(await check(token, keys: [try RegistryKey(rsa)]) == .failure(.algorithm))
    let foreign = try identity.token(audience: "q", issuedAt: now)
    #expect(await check(foreign, keys: [key]) == .failure(.audience))
  }

  @Test func keyIsGoodUntilItExpires() async throws {
    let token = try identity.token(audience: "p", issuedAt: now)
    let good = try RegistryKey(identity, expiration: now.addingTimeInterval(1))
    #expect(await check(token, keys: [good]) == .success(1_800_003_600))
    let past = try RegistryKey(identity, expiration: now)
    #expect(await check(token, keys: [past]) == .failure(.algorithm))
  }

  /// A token is no better for saying that it needs no signature, or that the key is a shared
  /// secret.
  @Test(arguments: ["none", "HS256", "ES384"])
  func algorithmOfTheHeaderMustBeTheKeys(name: String) async throws {
    let good = try identity.token(audience: "p", issuedAt: now)
    let header = base64URL(#"{"alg":"\#(name)","typ":"JWT"}"#)
    let token = ([header] + good.split(separator: ".").dropFirst().map(String.init))
      .joined(separator: ".")
    #expect(await check(token, keys: [try RegistryKey(identity)]) == .failure(.algorithm))
  }

  @Test func changedClaimsAreNoticed() async throws {
    let good = try identity.token(audience: "p", issuedAt: now).split(separator: ".")
    let claims = base64URL(#"{"aud":"p","exp":1800080000,"iat":1800000000}"#)
    let token = "\(good[0]).\(claims).\(good[2])"
    #expect(await check(token, keys: [try RegistryKey(identity)]) == .failure(.signature))
  }

  @Test func malformedTokens() async throws {
    let good = try identity.token(audience: "p", issuedAt: now)
    let claims = base64URL(#"{"aud":[],"exp":"soon"}"#)
    let parts = good.split(separator: ".")
    for token in [
      "", ".", "..", "a.b", "\(good).", "\(good)=", " \(good)", "secret",
      "\(parts[0]).\(parts[1]).", "\(parts[0]).\(claims).\(parts[2])", "!.!.!",
    ] {
      #expect(
        await check(token, keys: [try RegistryKey(identity)]) == .failure(.malformedToken),
        "\(token)")
    }
  }

  @Test func audienceMayBeAList() throws {
    let decoder = JSONDecoder()
    func audience(_ json: String) throws -> [String] {
      try decoder.decode(DeviceClaims.self, from: Data(json.utf8)).audience
    }
    #expect(try audience(#"{"aud":"p"}"#) == ["p"])
    #expect(try audience(#"{"aud":["p","q"]}"#) == ["p", "q"])
    #expect(try audience(#"{"aud":[]}"#) == [])
    #expect(try audience("{}") == [])
    #expect(throws: DecodingError.self) { try audience(#"{"aud":1}"#) }
  }

  private func check(
    _ token: String, keys: [RegistryKey]
  ) async -> Result<TimeInterval, RefusalReason> {
    await verifier.check(Array(token.utf8), keys: keys, now: now)
  }

  private func base64URL(_ text: String) -> String {
    Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}
