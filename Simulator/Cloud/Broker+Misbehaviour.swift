import Jitter

extension Broker {
  /// Does `misbehaviour`, all but those of TLS.
  func misbehave(_ misbehaviour: Misbehaviour) {
    switch misbehaviour {
    case .holdAcknowledgements(let time):
      withState { $0.conduct.acknowledging = time.map { .after($0) } ?? .onRelease }
    case .releaseAcknowledgements:
      withState { $0.conduct.acknowledging = .now }
      orderAll { _ in .releaseAcknowledgements }
    case .dropConnections: orderAll { _ in .reset(.ordered) }
    case .dropAfterPackets(let count): withState { $0.conduct.packetsUntilDrop = count }
    case .refuseTokens(let count):
      withState { $0.conduct.refusing = count.map { .next($0) } ?? .all }
    case .acceptTokens: withState { $0.conduct.refusing = .none }
    case .delayConnectAnswer(let delay): withState { $0.conduct.connectAnswerDelay = delay }
    case .sendGarbage: orderAll { link in .sendBytes(garbage(for: link)) }
    case .presentChain: preconditionFailure("the cloud does this itself")
    case .answerTime(let behaviour): withState { $0.conduct.time = behaviour }
    }
  }

  /// Ends every misbehaviour, all but those of TLS.
  func behave() {
    withState { $0.conduct = Conduct() }
    orderAll { _ in .releaseAcknowledgements }
  }

  private func orderAll(_ order: (Link) -> Link.Order) {
    for link in withState({ Array($0.links.values) }) { link.order(order(link)) }
  }

  /// A packet of the type 0, which does not exist, so that a client knows at its end, if not
  /// before.
  private func garbage(for link: Link) -> [UInt8] {
    var generator = SplitMix64(seed: options.seed ^ link.id)
    let byteCount: UInt8 = 30
    return [0x00, byteCount]
      + (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
