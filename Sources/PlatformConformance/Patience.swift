import Units

/// Ends a wait at its deadline, and also if the clock that should bring it stands still.
struct Patience {
  private let deadline: Instant
  private var latest: Instant
  private var stalled = 0

  /// Waits for `limit` from `now` on.
  init(_ limit: Interval, now: Instant) {
    deadline = now + limit
    latest = now
  }

  /// True once there is nothing left to wait for; to be asked after each look at the clock.
  mutating func isOver(_ now: Instant) -> Bool {
    if now >= deadline { return true }
    stalled = now == latest ? stalled + 1 : 0
    latest = now
    return stalled >= Limits.stalledReadings
  }
}
