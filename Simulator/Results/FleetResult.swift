/// What a fleet did, in numbers that add up whatever the order.
public struct FleetResult: Sendable, Equatable {
  /// Devices simulated, over all seeds.
  public var devices = 0
  /// The sum of the times for which devices were simulated, in milliseconds.
  public var deviceMilliseconds: UInt64 = 0
  /// Steps of the simulation: how often a device was woken.
  public var events: UInt64 = 0
  /// The devices' digests, added up: two runs with the same digest did the same.
  public var digest = Digest()
  /// Where messages went.
  public var messages = MessageCounts()
  /// What became of attempts to connect.
  public var connects = ConnectCounts()
  /// What became of tokens.
  public var tokens = TokenCounts()
  /// How the time was asked for.
  public var time = TimeCounts()
  /// What was done to flash.
  public var flash = FlashCounts()
  /// Resets after a power cut or a brown-out.
  public var resets: UInt64 = 0
  /// Devices whose battery ended.
  public var deaths: UInt64 = 0
  /// How often each kind of fault struck a device.
  public var faults: [String: UInt64] = [:]
  /// Why connections and attempts ended, planned ends aside.
  public var failures: [String: UInt64] = [:]
  /// Nanojoules by cause, in the words of the energy model.
  public var energyNanojoules: [String: UInt64] = [:]
  /// How often each invariant was checked.
  public var checked: [String: UInt64] = [:]
  /// How often each was broken.
  public var broken: [String: UInt64] = [:]
  /// The first of them, ordered by seed, device and time.
  public var breaches: [Breach] = []

  /// From the attempt to the accepted CONNECT, in milliseconds.
  public var connectTime = Histogram()
  /// From the publish to the acknowledgement, in milliseconds.
  public var deliveryTime = Histogram()
  /// From the loss of a connection to the next accepted CONNECT, in milliseconds.
  public var offlineTime = Histogram()
  /// The waits before attempts to connect, in milliseconds.
  public var backOffTime = Histogram()
  /// The battery's life in hours; of those that live on, nothing.
  public var batteryLife = Histogram()

  /// Attempts to connect, accepted connections, tokens signed and deaths over time.
  public var series = Series()

  /// Creates the result of no device.
  public init() {}
}

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

/// An invariant that did not hold.
public struct Breach: Sendable, Equatable {
  /// The invariant's name.
  public var invariant: String
  /// The seed of the run.
  public var seed: UInt64
  /// The device's index.
  public var device: Int
  /// When it was seen, in milliseconds since the beginning.
  public var atMilliseconds: UInt64
  /// What was found, for a person.
  public var detail: String

  /// Creates a breach.
  public init(
    invariant: String, seed: UInt64, device: Int, atMilliseconds: UInt64, detail: String
  ) {
    self.invariant = invariant
    self.seed = seed
    self.device = device
    self.atMilliseconds = atMilliseconds
    self.detail = detail
  }
}

/// A sum of digests of 64 bits each, in 128 bits.
public struct Digest: Sendable, Equatable {
  /// The lower half of the sum.
  public var low: UInt64 = 0
  /// The upper half.
  public var high: UInt64 = 0

  /// Creates the digest of nothing.
  public init() {}

  /// Adds the digest of one device's run.
  public mutating func add(_ value: UInt64) {
    let (sum, overflow) = low.addingReportingOverflow(value)
    low = sum
    if overflow { high &+= 1 }
  }

  /// Adds all that went into `other`.
  public mutating func add(_ other: Digest) {
    high &+= other.high
    add(other.low)
  }

  /// 32 hexadecimal digits.
  public var text: String {
    [high, low].map {
      let digits = String($0, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Reads what `text` gives, or nil.
  init?(text: String) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ Self.digits.contains($0) }),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.high = high
    self.low = low
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
