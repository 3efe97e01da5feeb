import Units

/// What one simulated thermometer measures, and when: drawn from the seed and its index alone.
struct Traffic {
  private var random: UInt64
  private var milliDegrees: Int

  /// When the next message is due.
  private(set) var nextAt: Instant
  private let interval: Interval

  init(seed: UInt64, index: Int, start: Instant, interval: Interval) {
    random = seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15
    milliDegrees = 0
    self.interval = interval
    nextAt = start
    let phase = next() % max(interval.milliseconds, 1)
    nextAt = start + Interval(milliseconds: phase)
    milliDegrees = 15_000 + Int(next() % 10_000)
  }

  /// The text of message `number`, and the next moment.
  mutating func message(_ number: UInt64) -> [UInt8] {
    nextAt = nextAt + interval
    milliDegrees += Int(next() % 201) - 100
    return Array("{\"n\":\(number),\"milliDegrees\":\(milliDegrees)}".utf8)
  }

  /// The next moment is one interval later; nothing was sent.
  mutating func skip() { nextAt = nextAt + interval }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    random &+= 0x9E37_79B9_7F4A_7C15
    var mixed = random
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
