import Units

/// All timers of a session; each is either off or has the moment at which it is due.
struct TimerTable {
  /// What the session waits for.
  enum Timer: Int {
    /// The answer to CONNECT.
    case connack = 0
    /// The moment to send a PINGREQ.
    case keepAlive
    /// Any byte after a PINGREQ.
    case pingResponse
    /// The acknowledgement of the packet that was sent the longest time ago.
    case acknowledgement
    /// Progress of a transport that takes nothing.
    case transmit
  }

  /// Zero is off: a moment that cannot be due, since every timer is set to later than now.
  ///
  /// Unlike `never` it keeps the initial state all zeros, which costs a board no flash.
  private var dueMilliseconds: [5 of UInt64] = .init(repeating: 0)

  mutating func start(_ timer: Timer, at due: Instant) {
    dueMilliseconds[timer.rawValue] = max(due.milliseconds, 1)
  }

  mutating func stop(_ timer: Timer) { dueMilliseconds[timer.rawValue] = 0 }

  mutating func stopAll() { dueMilliseconds = .init(repeating: 0) }

  func isRunning(_ timer: Timer) -> Bool { dueMilliseconds[timer.rawValue] != 0 }

  func isDue(_ timer: Timer, now: Instant) -> Bool {
    isRunning(timer) && now.milliseconds >= dueMilliseconds[timer.rawValue]
  }

  /// The first moment at which a timer is due, or `never`.
  var deadline: Instant {
    var earliest = Instant.never
    for index in dueMilliseconds.indices where dueMilliseconds[index] != 0 {
      earliest = min(earliest, Instant(milliseconds: dueMilliseconds[index]))
    }
    return earliest
  }
}
