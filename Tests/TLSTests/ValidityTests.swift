import MbedTLSAdapter
import MbedTLSTestSupport
import TLS
import Testing

/// Certificates are judged at the trusted time, whatever the host's clock says.
@Suite struct ValidityTests {
  private let pki: TestPKI

  init() throws { pki = try TestPKI.shared.get() }

  private func outcome(
    _ name: String, roots: [String], at seconds: [Int64], _ arguments: String = "-rev"
  ) throws -> [SecureStreamProgress] {
    let server = try TestServer(name, arguments, pki: pki)
    let client = try Client(roots: Roots(roots.map(pki.certificate)))
    return try seconds.map {
      try client.open("server.test", at: $0)
      return try Link(client, to: server).handshake()
    }
  }

  /// From 2020-01-01 to 2024-01-01, both ends included.
  @Test func leaf() throws {
    let outcomes = try outcome(
      "ec", roots: ["ec-root"],
      at: [1_577_836_799, 1_577_836_800, 1_704_067_200, 1_704_067_201])
    #expect(
      outcomes == [.failed(.certificateNotYetValid), .open, .open, .failed(.certificateExpired)])
  }

  /// An intermediate that ends at 2023-01-01, before the leaf.
  @Test func intermediate() throws {
    let outcomes = try outcome(
      "below-middle", roots: ["rsa-root"], at: [1_672_531_200, 1_672_531_201],
      "-rev -cert_chain middle.pem")
    #expect(outcomes == [.open, .failed(.certificateExpired)])
  }

  /// A root that ends at 2021-01-01, before the leaf.
  @Test func root() throws {
    let outcomes = try outcome(
      "below-short", roots: ["short-root"], at: [1_609_459_200, 1_609_459_201])
    #expect(outcomes == [.open, .failed(.certificateExpired)])
  }

  /// A root of the same name and key with other dates counts as well, in either order.
  ///
  /// One ends at 2021-01-01, the other begins at 2020-07-01.
  @Test(arguments: [["short-root", "renewed-root"], ["renewed-root", "short-root"]])
  func renewedRoot(roots: [String]) throws {
    let outcomes = try outcome(
      "below-short", roots: roots, at: [1_577_836_800, 1_609_459_201, 1_704_067_201])
    #expect(outcomes == [.open, .open, .failed(.certificateExpired)])
  }

  /// From 2049-06-01, a date of two digits, to 2055-01-01, one of four.
  @Test func beyond2050() throws {
    let outcomes = try outcome(
      "late", roots: ["ec-root"],
      at: [
        2_147_483_648, 2_506_118_399, 2_506_118_400, 2_588_371_200, 2_682_374_400, 2_682_374_401,
      ])
    #expect(
      outcomes == [
        .failed(.certificateNotYetValid), .failed(.certificateNotYetValid), .open, .open, .open,
        .failed(.certificateExpired),
      ])
  }

  /// Times no certificate reaches.
  @Test func extremes() throws {
    let outcomes = try outcome(
      "ec", roots: ["ec-root"], at: [-62_135_596_800, 0, 253_402_300_800, 9_000_000_000_000])
    #expect(
      outcomes == [
        .failed(.certificateNotYetValid), .failed(.certificateNotYetValid),
        .failed(.certificateExpired), .failed(.certificateExpired),
      ])
  }
}
