import Units

/// The bounds of a board's platform, each with its reason.
enum Limits {
  /// How long the watchdog waits: the longest step without feeding it is an RSA handshake or
  /// signature, 150 million instructions at worst, 3 s at 50 MHz.
  static let watchdogMilliseconds: UInt32 = 16_000
  /// How many frames are taken before the core may work again; there are fewer buffers than that.
  static let framesAtATime = 8
  /// The blocks at the front of the state region that hold the seed: one is always whole.
  static let seedBlocks = 2
  /// The most blocks that an outbox can have.
  static let outboxBlockMaximum = 64
  /// How often the cable is looked at.
  static let linkCheck = Interval(milliseconds: 250)
}
