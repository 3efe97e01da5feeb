import CortexM

/// The APB watchdog of the Cortex-M system design kit (its manual, section 4.5).
///
/// The first time that it runs out it only asks for an interrupt, the second time it resets: so it
/// counts half of the time that was asked for.
enum WatchdogTimer {
  /// WDOGLOAD: what it counts down from.
  private static let load = Register(0x4000_8000)
  /// WDOGCONTROL: bit 0 starts it, bit 1 lets it reset.
  private static let control = Register(0x4000_8008)
  /// WDOGINTCLR: any write clears the interrupt and starts the count anew.
  private static let interruptClear = Register(0x4000_800C)
  /// WDOGLOCK: closed to all but this number.
  private static let lock = Register(0x4000_8C00)
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
