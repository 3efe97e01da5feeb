/// What became of an MQTT session, between its event and the consequences.
enum SessionOutcome {
  /// The cloud accepted CONNECT.
  case accepted(sessionPresent: Bool)
  /// The session cannot go on.
  case failed(OfflineReason)
}
