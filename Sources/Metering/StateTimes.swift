public import Platform
public import Units

/// How long the device has been in each power state since it started.
///
/// The firmware counts time and nothing else, after the idea of Contiki's Energest: what a state
/// costs is a property of the board, and belongs into a profile on the other side. A board's
/// `PowerStateMeter` holds one value of this type and passes every change on:
///
/// ```swift
/// mutating func enter(_ state: PowerState) { times.enter(state, at: now()) }
/// ```
///
/// The sum of all states is exactly the time that passed, whatever order the changes come in.
public struct StateTimes: Sendable {
  /// The state that the device is in.
  public private(set) var state: PowerState

  private var latest: Instant
  private var sleep = Interval.zero
  private var active = Interval.zero
  private var sign = Interval.zero
  private var handshake = Interval.zero
  private var flash = Interval.zero
  private var sensor = Interval.zero

  /// Starts to count at `now`, in `state`.
  public init(at now: Instant, in state: PowerState = .active) {
    latest = now
    self.state = state
  }

  /// Creates the times that a record holds; counting goes on from there.
  init(at now: Instant) { self.init(at: now, in: .active) }

  /// The device leaves its state and enters `state`.
  ///
  /// A clock that went back, against its contract, adds nothing.
  public mutating func enter(_ state: PowerState, at now: Instant) {
    count(until: now)
    self.state = state
  }

  /// Counts the time that the device has spent in its present state; call it before reading.
  public mutating func count(until now: Instant) {
    add(now.since(latest), to: state)
    latest = max(latest, now)
  }

  /// The time counted in `state`.
  public func time(in state: PowerState) -> Interval {
    switch state {
    case .sleep: sleep
    case .active: active
    case .sign: sign
    case .handshake: handshake
    case .flash: flash
    case .sensor: sensor
    }
  }

  /// The time counted in all states together.
  public var total: Interval { sleep + active + sign + handshake + flash + sensor }

  /// Adds time to a state; a sum that would overflow stays at the largest interval.
  mutating func add(_ interval: Interval, to state: PowerState) {
    switch state {
    case .sleep: sleep = sleep + interval
    case .active: active = active + interval
    case .sign: sign = sign + interval
    case .handshake: handshake = handshake + interval
    case .flash: flash = flash + interval
    case .sensor: sensor = sensor + interval
    }
  }
}
