/// A watchdog as Arm gives it to makers of chips: that of the Cortex-M system design kit (its
/// manual, section 4.5) and, with the same registers, of the LM3S6965 (data sheet, section 12).
///
/// The first time that it runs out it only asks for an interrupt, the second time it resets: so it
/// counts half of the time that was asked for.
public struct APBWatchdog: Sendable {
  /// WDOGLOAD: what it counts down from.
  private let load: Register
  /// WDOGCONTROL: bit 0 starts it, bit 1 lets it reset.
  private let control: Register
  /// WDOGINTCLR: any write clears the interrupt and starts the count anew.
  private let interruptClear: Register
  /// WDOGLOCK: closed to all but the key.
  private let lock: Register

  private static let key: UInt32 = 0x1ACC_E551

  /// Names the watchdog whose registers begin at `base`.
  public init(base: UInt) {
    load = Register(base)
    control = Register(base + 0x008)
    interruptClear = Register(base + 0x00C)
    lock = Register(base + 0xC00)
  }

  /// Starts it: from now on it resets when it is not fed for `ticks` of its clock.
  public func start(ticks: UInt32) {
    lock.store(Self.key)
    load.store(ticks / 2)
    control.store(0b11)
    lock.store(0)
  }

  /// Starts the count anew.
  public func feed() {
    lock.store(Self.key)
    interruptClear.store(1)
    lock.store(0)
  }
}
