/// What the world fixes, with reasons.
enum Limits {
  /// How long a signature takes where there is no energy model to say: some 75 ms at 64 MHz.
  static let signatureMicroseconds: UInt64 = 75_000
  /// The steps after which a call of `drive` counts as endless: an outbox of thousands of messages
  /// takes a few for each message in the session's window.
  static let feedingsMaximum = 20_000
  /// How long TCP waits before it sends a lost segment again (RFC 6298 section 2).
  static let retransmission: UInt64 = 1_000
  /// The sizes of handshake flights as measured (Simulator/Energy/Data/exchanges.json).
  static let helloBytes = 126
  static let helloResumedBytes = 200
  static let finishBytes = 126
  static let finishResumedBytes = 146
  static let doneBytes = 60
  static let welcomeResumedBytes = 147
  static let welcomeBytesRSA = 2_927
  static let welcomeBytesEC = 1_687
  /// What a record adds to its content (RFC 5246 section 6.2.3.3, RFC 5288).
  static let recordBytes = 29
  /// An SNTP packet with its headers.
  static let timeBytes = 76
}
