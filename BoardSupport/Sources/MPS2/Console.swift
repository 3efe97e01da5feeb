import CortexM

/// UART 0 of the MPS2, an APB UART of the Cortex-M system design kit (its manual, section 4.3).
enum UART0 {
  /// DATA: what to send.
  private static let data = Register(0x4000_4000)
  /// STATE: bit 0 says that the sending buffer is full.
  private static let state = Register(0x4000_4004)
  /// CTRL: bit 0 enables sending.
  private static let control = Register(0x4000_4008)
  /// BAUDDIV: the divisor of the clock.
  private static let divisor = Register(0x4000_4010)

  /// Starts to send with 115200 baud on a clock of 25 MHz.
  static func start() {
    divisor.store(217)
    control.store(1)
  }

  static func write(_ byte: UInt8) {
    while state.load() & 1 != 0 {}
    data.store(UInt32(byte))
  }
}
