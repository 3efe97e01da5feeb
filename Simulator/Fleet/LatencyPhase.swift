/// The lengths of time that a live fleet measures.
///
/// All are what the device saw: the moments in which the worker got round to a socket, so that its
/// own lag, which `generatorLate` tells, is part of them.
public enum LatencyPhase: String, CaseIterable, Sendable {
  /// From the question for the cloud's name to its address; little where others asked before.
  case dns
  /// From the call that opens the TCP connection to the open connection.
  case tcp
  /// From the open TCP connection to the end of the TLS handshake, full or resumed.
  case tls
  /// From the end of the handshake, where CONNECT is queued, to the cloud's consent (CONNACK).
  case mqtt
  /// From the cloud's consent to that to the last subscription; none where it kept the session.
  case subscribe
  /// From the question for the name to the cloud's consent.
  case connect
  /// From the acceptance of a QoS 1 message by a device that is connected to the cloud's
  /// acknowledgement.
  case publish
  /// From a failure to the next attempt to connect.
  case reconnectDelay
  /// How much later than due the worker served an alarm, or a socket that the kernel reported.
  case generatorLate
}
