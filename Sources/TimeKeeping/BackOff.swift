public import Units

/// How long to wait before the next attempt, so that a fleet does not return in step.
///
/// The wait is drawn evenly from a floor, usually zero, to a ceiling that doubles with each failure
/// ("full jitter"); the ceiling is capped before the draw, or else all that have reached the cap
/// would be in step again. The first attempt after a start is spread too: after a power cut a
/// street starts at once. A connection that breaks soon after it was made forgives nothing: the
/// ceiling comes down with the time that was spent in health only.
public struct BackOff: Sendable {
  private let policy: BackOffPolicy
  /// When the present time in health began.
  private var healthySince: Instant?
  /// The level at that moment.
  private var levelBefore: UInt8 = 0

  /// How often the ceiling has doubled; worth keeping in flash, so that a reset does not clear it.
  public private(set) var level: UInt8

  /// Starts at `level`, which may come from flash: one beyond the cap counts as the cap.
  public init(policy: BackOffPolicy = .standard, level: UInt8 = 0) {
    self.policy = policy
    var highest: UInt8 = 0
    while policy.base.doubled(highest, upTo: policy.cap) < policy.cap { highest += 1 }
    self.level = min(level, highest)
  }

  /// The longest wait that the next failure can lead to.
  public var ceiling: Interval { policy.base.doubled(level, upTo: policy.cap) }

  /// The wait before the first attempt after a start, for 64 random bits.
  public func firstDelay(random: UInt64) -> Interval {
    let spread = level > 0 ? max(policy.firstSpread, ceiling) : policy.firstSpread
    return spread.drawn(by: random)
  }

  /// An attempt failed or a connection was lost: the wait before the next, for 64 random bits.
  public mutating func failed(random: UInt64, now: Instant) -> Interval {
    settle(now)
    healthySince = nil
    let longest = ceiling
    if longest < policy.cap { level += 1 }
    return policy.floor + (longest - policy.floor).drawn(by: random)
  }

  /// An attempt succeeded: from now on time heals; no effect if it does already.
  public mutating func succeeded(now: Instant) {
    guard healthySince == nil else { return settle(now) }
    healthySince = now
    levelBefore = level
  }

  /// Lowers the level by the healthy time up to `now`, as for a look at it; no effect in failure.
  public mutating func settle(_ now: Instant) {
    guard let healthySince else { return }
    let healthy = now.since(healthySince)
    guard healthy < policy.resetTime else { return level = 0 }
    let steps = healthy.milliseconds / policy.decayTime.milliseconds
    level = levelBefore - UInt8(truncatingIfNeeded: min(UInt64(levelBefore), steps))
  }
}
