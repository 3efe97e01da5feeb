import Crypto
import CryptoExtras
public import Foundation

extension DeviceIdentity {
  /// Signs a token for a device bridge: a JSON Web Token with `iat`, `exp` and `aud`.
  ///
  /// - Parameters:
  ///   - audience: the project.
  ///   - issuedAt: when it was made; fractions of seconds are cut off.
  ///   - lifetime: seconds until it expires; negative for a token that expired before it was made.
  /// - Throws: an error of the cryptographic library if the private key is not of `algorithm`.
  public func token(
    audience: String, issuedAt: Date = Date(), lifetime: TimeInterval = 3_600
  ) throws -> String {
    let header = #"{"alg":"\#(algorithm.rawValue)","typ":"JWT"}"#
    let issued = Int64(issuedAt.timeIntervalSince1970.rounded(.down))
    let claims = Claims(aud: audience, exp: issued + Int64(lifetime), iat: issued)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let signed =
      Self.base64URL(Data(header.utf8)) + "." + Self.base64URL(try encoder.encode(claims))
    return signed + "." + Self.base64URL(try signature(of: Data(signed.utf8)))
  }

  private struct Claims: Encodable {
    let aud: String
    let exp: Int64
    let iat: Int64
  }

  private func signature(of data: Data) throws -> Data {
    switch algorithm {
    case .es256:
      let key = try P256.Signing.PrivateKey(derRepresentation: privateKeyDER)
      return try key.signature(for: data).rawRepresentation
    case .rs256:
      let key = try _RSA.Signing.PrivateKey(derRepresentation: privateKeyDER)
      return try key.signature(for: data, padding: .insecurePKCS1v1_5).rawRepresentation
    }
  }

  private static func base64URL(_ data: Data) -> String {
    data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}
