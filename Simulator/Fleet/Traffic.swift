import Jitter
import Units

/// What one simulated thermometer measures, and when: drawn from the seed and its index alone.
struct Traffic {
  private var random: SplitMix64
  private var milliDegrees: Int

  /// When the next message is due.
  private(set) var nextAt = Instant.never
  private let interval: Interval
  private let phase: Interval

  init(seed: UInt64, index: Int, interval: Interval) {
    // Devices with neighbouring numbers must not draw neighbouring parts of one sequence.
    var scatter = SplitMix64(seed: seed &+ UInt64(index))
    random = SplitMix64(seed: scatter.next())
    milliDegrees = 0
    self.interval = interval
    phase = Interval(milliseconds: random.next() % max(interval.milliseconds, 1))
    milliDegrees = 15_000 + Int(random.next() % 10_000)
  }

  /// Begins to measure at `start`: the first message is due within one interval.
  mutating func begin(at start: Instant) { nextAt = start + phase }

  /// The text of message `number`, and the next moment.
  mutating func message(_ number: UInt64) -> [UInt8] {
    nextAt = nextAt + interval
    milliDegrees += Int(random.next() % 201) - 100
    return Array("{\"n\":\(number),\"milliDegrees\":\(milliDegrees)}".utf8)
  }

  /// The next moment is one interval later; nothing was sent.
  mutating func skip() { nextAt = nextAt + interval }
}
