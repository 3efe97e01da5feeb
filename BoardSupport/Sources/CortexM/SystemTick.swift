import Synchronization
public import Units

/// The processor's own timer, set to a thousand interrupts a second (Armv7-M, section B3.3).
public enum SystemTick {
  /// SYST_CSR: control and status.
  private static let control = Register(0xE000_E010)
  /// SYST_RVR: the value that the counter starts from again.
  private static let reload = Register(0xE000_E014)
  /// SYST_CVR: the counter, which any write clears.
  private static let current = Register(0xE000_E018)

  /// Starts to count, on a processor of `clockHertz`, 1 kHz to 16 GHz.
  public static func start(clockHertz: UInt32) {
    reload.store(clockHertz / 1_000 - 1)
    current.store(0)
    // Enable, with the interrupt, on the processor's clock.
    control.store(0b111)
  }

  /// The time since the start.
  ///
  /// The counter of the interrupt has 32 bits and wraps after 49 days; it must be asked more often
  /// than that, which a device that is awake at all does.
  public static var now: Instant {
    let low = ticks.load(ordering: .relaxed)
    unsafe extended += UInt64(low &- UInt32(truncatingIfNeeded: extended))
    return unsafe Instant(milliseconds: extended)
  }
}

/// Milliseconds, counted by the interrupt.
private let ticks = Atomic<UInt32>(0)
/// The same in 64 bits, as of the last time that somebody asked; not touched by the interrupt.
nonisolated(unsafe) private var extended: UInt64 = 0

/// What the timer's interrupt does.
@c(board_system_tick)
func systemTick() { ticks.add(1, ordering: .relaxed) }

/// The time since the start in milliseconds, modulo 2^32, as the IP stack counts it.
@c(board_milliseconds)
func milliseconds() -> UInt32 {
  UInt32(truncatingIfNeeded: SystemTick.now.milliseconds)
}
