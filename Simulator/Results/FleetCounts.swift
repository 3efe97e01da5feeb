/// Where messages went.
public struct MessageCounts: Sendable, Equatable {
  /// Messages that the core accepted.
  public var accepted: UInt64 = 0
  /// Messages that it refused, because it was full or, with QoS 0, offline.
  public var refused: UInt64 = 0
  /// Accepted messages that were dropped later, as the device's policy says.
  public var dropped: UInt64 = 0
  /// Messages that the cloud acknowledged and the device knows of it.
  public var acknowledged: UInt64 = 0
  /// Different messages that reached the cloud.
  public var delivered: UInt64 = 0
  /// Copies that reached the cloud beyond the first.
  public var duplicated: UInt64 = 0
  /// Accepted messages that are neither delivered, nor on flash, nor dropped.
  public var lost: UInt64 = 0
  /// Accepted messages that still wait on flash at the end.
  public var waiting: UInt64 = 0

  /// Creates counts of nothing.
  public init() {}
}

/// What became of attempts to connect.
public struct ConnectCounts: Sendable, Equatable {
  /// TCP connections attempted.
  public var attempted: UInt64 = 0
  /// CONNECTs accepted after a full handshake.
  public var full: UInt64 = 0
  /// CONNECTs accepted after a resumed handshake.
  public var resumed: UInt64 = 0
  /// CONNECTs that the cloud refused, for whatever reason.
  public var refused: UInt64 = 0
  /// Attempts that failed and connections that broke.
  public var failed: UInt64 = 0

  /// Creates counts of nothing.
  public init() {}
}

/// What became of tokens.
public struct TokenCounts: Sendable, Equatable {
  /// Tokens signed.
  public var signed: UInt64 = 0
  /// Tokens that the cloud refused.
  public var refused: UInt64 = 0
  /// Connections ended for a new token.
  public var renewals: UInt64 = 0

  /// Creates counts of nothing.
  public init() {}
}

/// How the time was asked for.
public struct TimeCounts: Sendable, Equatable {
  /// Answers that set the clock.
  public var synchronizations: UInt64 = 0
  /// Answers of no use.
  public var rejections: UInt64 = 0
  /// The largest error of a clock that was trusted, in milliseconds.
  public var largestErrorMilliseconds: UInt64 = 0

  /// Creates counts of nothing.
  public init() {}
}

/// What was done to flash.
public struct FlashCounts: Sendable, Equatable {
  /// Bytes programmed.
  public var bytesProgrammed: UInt64 = 0
  /// Blocks erased.
  public var blocksErased: UInt64 = 0
  /// The most erasures of one block.
  public var mostErasures: UInt64 = 0
  /// Records that were found damaged.
  public var corrupted: UInt64 = 0

  /// Creates counts of nothing.
  public init() {}
}
