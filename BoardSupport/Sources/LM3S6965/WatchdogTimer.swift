import CortexM

/// The watchdog timer of the LM3S6965 (data sheet, section 12), clocked with the processor.
///
/// The first time that it runs out it only asks for an interrupt, the second time it resets: so it
/// counts half of the time that was asked for.
enum WatchdogTimer {
  /// WDTLOAD: what it counts down from.
  private static let load = Register(0x4000_0000)
  /// WDTCTL: bit 0 starts it for good, bit 1 lets it reset.
  private static let control = Register(0x4000_0008)
  /// WDTICR: any write clears the interrupt and starts the count anew.
  private static let interruptClear = Register(0x4000_000C)
  /// WDTLOCK: closed to all but this number.
  private static let lock = Register(0x4000_0C00)
  private static let key: UInt32 = 0x1ACC_E551

  static func start(ticks: UInt32) {
    lock.store(key)
    load.store(ticks / 2)
    control.store(0b11)
    lock.store(0)
  }

  static func feed() {
    lock.store(key)
    interruptClear.store(1)
    lock.store(0)
  }
}
