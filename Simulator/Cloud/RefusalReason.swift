import Wire

/// Why a CONNECT was refused.
///
/// A client only sees the return code: 1 and 2 as MQTT has them, 4 for a password that is no token,
/// 5 for a token that was read and not accepted. The reason is for the log and the statistics.
public enum RefusalReason: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  /// Not MQTT 3.1.1.
  case protocolVersion
  /// The client identifier is not that of a device in this registry's form.
  case clientID
  /// No password, or one that is no JSON Web Token in strict base64url.
  case malformedToken
  /// The registry has no such device.
  case unknownDevice
  /// The device has no active key of the token's algorithm, or the algorithm is not supported.
  case algorithm
  /// No active key of the device made the signature.
  case signature
  /// `iat`, `exp` or `aud` is missing.
  case claimMissing
  /// The audience is not the project.
  case audience
  /// Issued later than now, by more than the skew.
  case issuedInFuture
  /// Expired longer ago than the skew.
  case expired
  /// Lives longer than allowed, or expires before it was issued.
  case lifetime
  /// `Misbehaviour.refuseTokens` asked for it.
  case ordered

  var returnCode: MQTT.ConnectReturnCode {
    switch self {
    case .protocolVersion: .unacceptableProtocolVersion
    case .clientID: .identifierRejected
    case .malformedToken: .badUserNameOrPassword
    case .unknownDevice, .algorithm, .signature, .claimMissing, .audience, .issuedInFuture,
      .expired, .lifetime, .ordered:
      .notAuthorized
    }
  }
}
