import Energy

// What the device's doings cost.
extension WorldState {
  /// Work that takes the device noticeably long.
  enum Labour {
    case signature
    case fullHandshake
    case resumedHandshake
  }

  /// The device computes: time passes, and energy is spent.
  mutating func spend(_ labour: Labour) {
    switch labour {
    case .signature:
      elapse(microseconds: plan.signatureMicroseconds)
      if let prices = plan.prices { meter.work(prices.signature, for: .signing) }
    case .fullHandshake:
      elapse(microseconds: plan.fullHandshakeMicroseconds)
      if let prices = plan.prices { meter.shakeHands(prices.fullHandshake, prices) }
    case .resumedHandshake:
      elapse(microseconds: plan.resumedHandshakeMicroseconds)
      if let prices = plan.prices { meter.shakeHands(prices.resumedHandshake, prices) }
    }
  }

  /// The radio sends.
  @inline(__always)
  mutating func pay(sent byteCount: Int, for cause: Cause) {
    guard let prices = plan.prices else { return }
    meter.send(byteCount, at: now, for: cause, prices)
  }

  /// The radio receives.
  @inline(__always)
  mutating func pay(received byteCount: Int, for cause: Cause) {
    guard let prices = plan.prices else { return }
    meter.receive(byteCount, at: now, for: cause, prices)
  }

  /// A record has come in.
  @inline(__always)
  mutating func payForRecord(_ segment: borrowing Segment) {
    guard plan.prices != nil else { return }
    var cause = Cause.handshakeRadio
    if segment.type == ModelRecord.data {
      switch segment.content[0] >> 4 {
      case 3, 4, 9: cause = .dataRadio
      case 13: cause = .keepAlive
      default: cause = .handshakeRadio
      }
    }
    pay(received: Int(segment.byteCount), for: cause)
  }

  /// A packet went through MQTT and record protection.
  @inline(__always)
  mutating func payForPacket() {
    guard let prices = plan.prices else { return }
    meter.work(prices.packet, for: .symmetricCrypto)
  }
}
