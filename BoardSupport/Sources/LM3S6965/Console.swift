import CortexM

/// UART 0 of the LM3S6965, a PL011 (data sheet, section 13): 115200 baud, 8 bits, no parity.
enum UART0 {
  /// UARTDR: data.
  private static let data = Register(0x4000_C000)
  /// UARTFR: flags; bit 5 says that the sending FIFO is full.
  private static let flags = Register(0x4000_C018)
  /// UARTIBRD and UARTFBRD: the divisor of the clock, its whole part and its 64ths.
  private static let divisor = Register(0x4000_C024)
  private static let divisorFraction = Register(0x4000_C028)
  /// UARTLCRH: the format of a character.
  private static let lineControl = Register(0x4000_C02C)
  /// UARTCTL: bit 0 enables, bits 8 and 9 send and receive.
  private static let control = Register(0x4000_C030)

  /// Starts to send, on a clock of 50 MHz.
  static func start() {
    control.store(0)
    // 50 MHz / (16 * 115200) = 27 + 8/64.
    divisor.store(27)
    divisorFraction.store(8)
    // WLEN 8 bits, FIFOs on.
    lineControl.store(0x70)
    control.store(1 &<< 9 | 1 &<< 8 | 1)
  }

  static func write(_ byte: UInt8) {
    while flags.load() & 1 &<< 5 != 0 {}
    data.store(UInt32(byte))
  }
}
