import Bytes
import Results
import Scenarios
import Units
import Wire

// How the cloud receives a CONNECT.
extension VirtualPlatform {
  mutating func join(_ body: Span<UInt8>) {
    guard let request = try? MQTT.Connect.parse(body), let token = request.password else {
      return refuse(.identifierRejected)
    }
    let hash = ModelSignature.value(of: token, key: 0)
    recorder.count(.noRefusedTokenReuse)
    if session.isKnownAsRefused(hash) {
      breach = breach ?? (.noRefusedTokenReuse, "a token that was refused is offered again")
    }
    session.offered = hash
    guard accepts() else { return refuse(.serverUnavailable) }
    guard !faults.contains(.tokenRefusal), let ends = end(of: token) else {
      recorder.result.tokens.refused += 1
      return refuse(.notAuthorized)
    }
    let isPresent = !request.cleanSession && session.exists
    session.exists = !request.cleanSession
    session.isConnected = true
    session.tokenEnds = ends
    if settings.scenario.cloud.closesAtExpiry {
      let rest = UInt64(max(0, ends * 1_000 - date.milliseconds))
      link.endsAt = min(link.endsAt, milliseconds + rest + link.latency)
    }
    note("cloud", "accepts, session \(isPresent ? "kept" : "new")")
    connack(isPresent ? 1 : 0, .accepted)
  }

  private mutating func accepts() -> Bool {
    if faults.contains(.throttle), network.happens(faults.strength(.throttle)) { return false }
    return settings.shared?.accepts(at: link.lastArrival) ?? true
  }

  private mutating func refuse(_ code: MQTT.ConnectReturnCode) {
    recorder.result.connects.refused += 1
    note("cloud", "refuses, code \(code)")
    connack(0, code)
    link.endsAt = min(
      link.endsAt,
      link.lastArrival + settings.scenario.cloud.connectTime.milliseconds + link.latency)
  }

  private mutating func connack(_ flags: UInt8, _ code: MQTT.ConnectReturnCode) {
    guard !faults.contains(.brokerSilence) else { return }
    mix(6, UInt64(code.rawValue))
    account(received: 4 + Limits.recordBytes, for: .handshakeRadio)
    var bytes = [16 of UInt8](repeating: 0)
    bytes[0] = RecordType.data
    bytes[2] = 4
    bytes[3] = 0x20
    bytes[4] = 2
    bytes[5] = flags
    bytes[6] = code.rawValue
    send(bytes, 7, processing: settings.scenario.cloud.connectTime.milliseconds)
  }

  /// When a token ends, as seconds of a date; nil for one that is not accepted.
  private func end(of token: Span<UInt8>) -> Int64? {
    guard let claims = TokenReader(token), claims.isSigned(by: key) else { return nil }
    let cloud = settings.scenario.cloud
    let now = date.seconds
    let skew = Int64(cloud.clockSkew.seconds)
    guard claims.issuedAt <= now + skew, claims.ends + skew > now, claims.ends > claims.issuedAt,
      claims.ends - claims.issuedAt <= Int64(cloud.tokenLifeMaximum.seconds) + skew
    else { return nil }
    return claims.ends + skew
  }
}
