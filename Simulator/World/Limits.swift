/// What is fixed in the model world, with the reason for each value; times in milliseconds.
enum Limits {
  // TLS as real implementations speak it; `Simulator/Energy/Data/exchanges.json` has the sources.

  /// The first flight of a client that has no session: its share of 252 bytes.
  static let fullHello = 160
  /// The second flight of such a client: key exchange, change of cipher and its end.
  static let fullFinish = 92
  /// The last flight of a server in a full handshake: a ticket, change of cipher and its end.
  static let serverFinish = 258
  /// All that a server sends in a full handshake with RSA certificates.
  static let fullReceivedRSA = 2_987
  /// The same with certificates of P-256.
  static let fullReceivedEC = 1_747
  /// The first flight of a client that offers a session, ticket included.
  static let resumedHello = 295
  /// The second flight of such a client.
  static let resumedFinish = 51
  /// All that a server sends in a resumed handshake.
  static let resumedReceived = 147
  /// How long a session may be resumed: RFC 5246 appendix F.1.4.
  static let sessionLife: UInt64 = 86_400_000
  /// The bytes that a worker lends to the device at hand, for records in each direction.
  static let recordBuffer = 4_608

  // TCP.

  /// The first wait before a segment is sent again; RFC 6298 begins with a second.
  static let retransmission: UInt64 = 1_000
  /// The longest such wait.
  static let retransmissionLongest: UInt64 = 60_000
  /// How long a stack tries before it gives a connection up: Linux's default of 15 attempts.
  static let retransmissionTotal: UInt64 = 924_000
  /// What a device's stack takes before it wants an acknowledgement: two segments of lwIP's
  /// default.
  static let sendBuffer = 2_144
  /// Segments under way to the device at most.
  static let segmentMaximum = 64

  // Names and datagrams.

  /// How often a resolver asks again, and how many times.
  static let resolverRetry: UInt64 = 2_000
  static let resolverAttempts = 10
  /// Datagrams under way to the device at most.
  static let datagramMaximum = 4
  /// How long a server of the captive portal takes to answer with its page.
  static let portalDelay: UInt64 = 50

  // Computing, where no energy profile says how long it takes; microseconds of a Cortex-M4 at 64
  // MHz.

  static let signatureMicroseconds: UInt64 = 60_000
  static let fullHandshakeMicroseconds: UInt64 = 600_000
  static let resumedHandshakeMicroseconds: UInt64 = 10_000
  static let flashByteMicroseconds: UInt64 = 10
  static let flashEraseMicroseconds: UInt64 = 85_000

  // The device.

  /// From power to the first instruction of the core.
  static let bootTime: UInt64 = 100
  /// From a reset in a brown-out to the next.
  static let brownOutPause = UInt64(200)...UInt64(3_000)
  /// The steps of one call of `drive` after which it counts as spinning.
  static let driveSteps = 20_000
  /// How often a device may ask to be woken at once, at one and the same moment.
  static let wakesAtOnce = 64
  /// The flash operations within which an armed power cut happens.
  static let armedOperations: UInt64 = 24

  /// The bits of the ring that tells which messages have arrived; a multiple of 64.
  static let ledgerBits = 1_024
  /// How wrong whole seconds and rounding may make a date beyond what the clock promises.
  static let dateRounding: Int64 = 1_050
}
