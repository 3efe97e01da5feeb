import Bytes
import Wire

// CONNECT and the token in it.
extension WorldState {
  mutating func join(
    _ request: borrowing MQTT.Connect, at arrival: UInt64
  ) throws(MQTT.Malformed) {
    let moment = arrival + plan.scenario.cloud.connectTime.milliseconds
    guard let token = request.password else { return refuse(.badUserNameOrPassword, at: moment) }
    let verdict = judge(token, at: moment)
    checkToken(cloud.offeredToken)
    guard verdict.code == .accepted else { return refuse(verdict.code, at: moment) }
    cloud.isJoined = true
    cloud.heardAt = arrival
    cloud.patience =
      request.keepAliveSeconds > 0 ? UInt64(request.keepAliveSeconds) * 1_500 : .max
    if plan.scenario.cloud.closesAtExpiry { cloud.expiresAt = verdict.expiresAt }
    let isPresent = !request.cleanSession && cloud.hasSession
    cloud.hasSession = !request.cleanSession
    if isTraced { trace(.cloud, "accepts", "session \(isPresent ? "present" : "new")", at: moment) }
    answer(4, at: moment) { writer throws(Overflow) in
      try MQTT.Connack(sessionPresent: isPresent, returnCode: .accepted).emit(to: &writer)
    }
  }

  private mutating func refuse(_ code: MQTT.ConnectReturnCode, at moment: UInt64) {
    if isTraced { trace(.cloud, "refuses", "\(code)", at: moment) }
    answer(4, at: moment) { writer throws(Overflow) in
      try MQTT.Connack(sessionPresent: false, returnCode: code).emit(to: &writer)
    }
    forgetConnection(.end, at: moment)
  }

  /// What the cloud says to a CONNECT.
  private struct Verdict {
    var code: MQTT.ConnectReturnCode
    var expiresAt = UInt64.max
  }

  private mutating func judge(_ token: Span<UInt8>, at moment: UInt64) -> Verdict {
    cloud.offeredToken =
      plan.planted == .tokensComeAgain ? 1 : token.withUnsafeBytes { ModelSignature.hash($0) }
    if let throttle, !throttle.admits(at: moment) { return Verdict(code: .serverUnavailable) }
    if let chance = faults.strength(.throttle, at: moment), cloudRandom.happens(chance) {
      return Verdict(code: .serverUnavailable)
    }
    if faults.isActive(.tokenRefusal, at: moment) { return Verdict(code: .notAuthorized) }
    let isRSA = plan.scenario.device.credential == .jwtRS256
    guard let claims = ModelToken.verify(token, key: security.key, isRSA: isRSA) else {
      return Verdict(code: .notAuthorized)
    }
    let skew = Int64(plan.scenario.cloud.clockSkew.seconds)
    let date = (plan.epoch + Int64(moment)) / 1_000
    let longest = Int64(plan.scenario.cloud.tokenLifeMaximum.seconds)
    guard claims.issuedAt <= date + skew, claims.expires > date,
      claims.expires - claims.issuedAt <= longest, claims.isForProject
    else { return Verdict(code: .notAuthorized) }
    let rest = UInt64(claims.expires * 1_000 - plan.epoch)
    return Verdict(code: .accepted, expiresAt: rest)
  }
}
