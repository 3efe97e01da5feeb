import CBoard
import CNetwork
import CortexM

/// The platform protocols over a board's hardware and an IP stack, on one thread.
///
/// Create one as a global variable and call `start`. Nothing waits but `sleep`: frames that have
/// arrived and timers that are due are dealt with whenever the core asks something of the network.
public struct BoardPlatform<Hardware: BoardHardware>: ~Copyable {
  /// The board's own drivers.
  public var hardware = Hardware()
  /// When the cable is looked at again.
  private var linkCheckAt = Instant(milliseconds: 0)
  private var isLinkUp = false
  /// The time in each power state since the clock started.
  var times = StateTimes(at: Instant(milliseconds: 0))

  /// Creates a platform that has not started.
  public init() {}

  /// Starts watchdog and network.
  ///
  /// `address` is the interface's own, the 6 bytes that nobody else on the network has.
  mutating func start(hardwareAddress address: [6 of UInt8]) {
    Hardware.startWatchdog(milliseconds: Limits.watchdogMilliseconds)
    hardware.ethernet.start(address: address)
    var address = address
    let span = address.mutableSpan
    // The stack copies the 6 bytes.
    unsafe span.withUnsafeBufferPointer { unsafe network_start($0.baseAddress) }
  }

  /// Sleeps until `deadline`, or until something happened on the network.
  ///
  /// To look for a frame at each tick counts as sleep.
  public mutating func sleep(until deadline: Instant) {
    enter(.sleep)
    defer { enter(.active) }
    while !pump(), now() < deadline {
      Hardware.feedWatchdog()
      // The tick wakes the processor; frames are looked for each time.
      cpu_wait_for_interrupt()
    }
  }

  /// Deals with frames that have arrived, with the stack's timers and the cable; true if there was
  /// a frame.
  @discardableResult
  mutating func pump() -> Bool {
    checkLink()
    var moved = false
    // Bounded, so that a flood of frames cannot keep the device from its own work.
    var sink = FrameSink()
    for _ in 0..<Limits.framesAtATime {
      guard hardware.ethernet.receive(into: &sink) else { break }
      moved = true
    }
    network_run_timers()
    return moved
  }

  private mutating func checkLink() {
    let now = SystemTick.now
    guard now >= linkCheckAt else { return }
    linkCheckAt = now + Limits.linkCheck
    let isUp = hardware.ethernet.isLinkUp()
    guard isUp != isLinkUp else { return }
    isLinkUp = isUp
    network_set_link(isUp ? 1 : 0)
    BoardConsole.write(
      isUp ? "network: the cable carries a signal\n" : "network: the cable is unplugged\n")
  }
}

// MARK: - What needs no more than a line

extension BoardPlatform: MonotonicClock {
  /// Milliseconds since the start.
  public mutating func now() -> Instant { SystemTick.now }
}

extension BoardPlatform: Watchdog {
  /// Restarts the watchdog's count-down.
  public mutating func feedWatchdog() { Hardware.feedWatchdog() }
}
