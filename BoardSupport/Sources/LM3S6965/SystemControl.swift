import CortexM

/// Clocks and pins of the LM3S6965 (data sheet, sections 5 and 8).
enum SystemControl {
  /// RIS: raw interrupt status; bit 6 says that the PLL has settled.
  private static let interruptStatus = Register(0x400F_E050)
  /// RCC: run-mode clock configuration.
  private static let clock = Register(0x400F_E060)
  /// RCGC0, 1, 2: which peripherals get a clock.
  private static let gates0 = Register(0x400F_E100)
  private static let gates1 = Register(0x400F_E104)
  private static let gates2 = Register(0x400F_E108)
  /// GPIOAFSEL and GPIODEN of port A: alternate functions, and digital pins.
  private static let portAFunctions = Register(0x4000_4420)
  private static let portADigital = Register(0x4000_451C)

  // The fields of RCC: SYSDIV, USESYSDIV, PWRDN, BYPASS, XTAL, OSCSRC, MOSCDIS.
  private static let divisor: UInt32 = 0xF &<< 23
  private static let divisor4: UInt32 = 3 &<< 23
  private static let usesDivisor: UInt32 = 1 &<< 22
  private static let powerDown: UInt32 = 1 &<< 13
  private static let bypass: UInt32 = 1 &<< 11
  private static let crystal: UInt32 = 0xF &<< 6
  private static let crystal8MHz: UInt32 = 0xE &<< 6
  private static let oscillator: UInt32 = 0b11 &<< 4
  private static let oscillatorOff: UInt32 = 1

  /// Runs the processor at 50 MHz from the board's crystal of 8 MHz (section 5.2.4), and gives
  /// watchdog, UART 0 and Ethernet their clocks.
  static func start() {
    // BYPASS on and USESYSDIV off while the PLL is set up.
    var value = (clock.load() | bypass) & ~usesDivisor
    clock.store(value)
    // OSCSRC 0 is the main oscillator; MOSCDIS off; PWRDN off starts the PLL.
    value &= ~(crystal | oscillator | powerDown | oscillatorOff)
    value |= crystal8MHz
    clock.store(value)
    // The PLL gives 200 MHz, of which a fourth is used.
    value = value & ~divisor | divisor4 | usesDivisor
    clock.store(value)
    interruptStatus.wait(for: 1 &<< 6)
    clock.store(value & ~bypass)
    // WDT; UART0; EPHY0, EMAC0 and port A.
    gates0.set(1 &<< 3)
    gates1.set(1)
    gates2.set(1 &<< 30 | 1 &<< 28 | 1)
    // A peripheral may be touched three clocks later; reading back takes longer.
    _ = gates2.load()
    // PA0 and PA1 are the UART's.
    portAFunctions.set(0b11)
    portADigital.set(0b11)
  }
}
