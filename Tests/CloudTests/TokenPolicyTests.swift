import Foundation
import Testing

@testable import Cloud

@Suite struct TokenPolicyTests {
  private static let now = 1_800_000_000.0

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let issued: Double?
    let expires: Double?
    let audience: [String]
    let refusal: RefusalReason?

    init(
      _ description: String, issued: Double?, expires: Double?, audience: [String] = ["p"],
      refusal: RefusalReason?
    ) {
      testDescription = description
      self.issued = issued
      self.expires = expires
      self.audience = audience
      self.refusal = refusal
    }
  }

  /// Times are relative to now; the policy has its defaults: 24 hours, 600 seconds of skew.
  @Test(arguments: [
    Case("fresh, one hour", issued: 0, expires: 3_600, refusal: nil),
    Case("last second of a day", issued: -86_399, expires: 1, refusal: nil),
    Case("no iat", issued: nil, expires: 3_600, refusal: .claimMissing),
    Case("no exp", issued: 0, expires: nil, refusal: .claimMissing),
    Case("no aud", issued: 0, expires: 3_600, audience: [], refusal: .claimMissing),
    Case("other project", issued: 0, expires: 3_600, audience: ["q"], refusal: .audience),
    Case("two projects", issued: 0, expires: 3_600, audience: ["p", "q"], refusal: .audience),
    Case("from the future, in the skew", issued: 600, expires: 4_200, refusal: nil),
    Case("from the future", issued: 601, expires: 4_200, refusal: .issuedInFuture),
    Case("expired, in the skew", issued: -3_600, expires: -599, refusal: nil),
    Case("expired", issued: -3_600, expires: -600, refusal: .expired),
    Case("a day and the skew", issued: 0, expires: 87_000, refusal: nil),
    Case("longer than a day", issued: 0, expires: 87_001, refusal: .lifetime),
    Case("ends as it begins", issued: 10, expires: 10, refusal: .lifetime),
    Case("ends before it begins", issued: 20, expires: 10, refusal: .lifetime),
    Case("signed in 1970", issued: -1_800_000_000, expires: 3_600, refusal: .lifetime),
    Case("absurd numbers", issued: -1e300, expires: 1e300, refusal: .lifetime),
  ])
  func table(_ one: Case) {
    let claims = DeviceClaims(
      issuedAt: one.issued.map { Self.now + $0 }, expiresAt: one.expires.map { Self.now + $0 },
      audience: one.audience)
    let refusal = TokenPolicy().refusal(
      of: claims, audience: "p", now: Date(timeIntervalSince1970: Self.now))
    #expect(refusal == one.refusal)
  }

  @Test func smallerLimits() {
    var policy = TokenPolicy()
    policy.skew = 0
    policy.lifetimeMaximum = 60
    let now = Date(timeIntervalSince1970: 1_000)
    func refusal(_ issued: Double, _ expires: Double) -> RefusalReason? {
      policy.refusal(
        of: DeviceClaims(issuedAt: issued, expiresAt: expires, audience: ["p"]), audience: "p",
        now: now)
    }
    #expect(refusal(1_000, 1_060) == nil)
    #expect(refusal(1_000, 1_061) == .lifetime)
    #expect(refusal(1_001, 1_060) == .issuedInFuture)
    #expect(refusal(950, 1_000) == .expired)
  }

  @Test func connectionEndsAfterItsToken() {
    var policy = TokenPolicy()
    policy.expiryGrace = 3
    let now = Date(timeIntervalSince1970: 1_000)
    #expect(policy.closing(expiresAt: 2_000, openedAt: now).timeIntervalSince1970 == 2_003)
    #expect(policy.closing(expiresAt: 900, openedAt: now).timeIntervalSince1970 == 1_500)
  }
}
