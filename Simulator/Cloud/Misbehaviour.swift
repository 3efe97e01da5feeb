public import Provisioning

/// Something bad that the stand-in cloud can be told to do, for the devices to survive.
public enum Misbehaviour: Sendable {
  /// PUBACKs wait this long, or until `releaseAcknowledgements` if nil.
  case holdAcknowledgements(Duration?)
  /// PUBACKs held are sent and later ones no longer wait.
  case releaseAcknowledgements
  /// Every connection is reset now: no DISCONNECT, no TLS close, no TCP FIN.
  case dropConnections
  /// Each connection is reset at its packet of this number (CONNECT is the first), which is taken
  /// but not answered; nil ends it.
  case dropAfterPackets(Int?)
  /// The next so many tokens are refused, or all if nil.
  case refuseTokens(Int?)
  /// Tokens are judged as usual again.
  case acceptTokens
  /// CONNACKs wait this long; zero ends it.
  case delayConnectAnswer(Duration)
  /// Every connection now gets some bytes that are no MQTT packet.
  case sendGarbage
  /// Handshakes from now on show this chain.
  case presentChain(ServerIdentity)
  /// The time server behaves so.
  case answerTime(SNTPBehaviour)
}
