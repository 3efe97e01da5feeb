import _Volatile

/// UART 0 of the LM3S6965, a PL011 (data sheet, section 13).
enum UART0 {
  /// UARTDR: data.
  private static var data: VolatileMappedRegister<UInt32> {
    unsafe VolatileMappedRegister(unsafeBitPattern: 0x4000_C000)
  }
  /// UARTFR: flags; bit 5 says that the sending FIFO is full.
  private static var flags: VolatileMappedRegister<UInt32> {
    unsafe VolatileMappedRegister(unsafeBitPattern: 0x4000_C018)
  }

  static func write(_ byte: UInt8) {
    while flags.load() & 1 &<< 5 != 0 {}
    data.store(UInt32(byte))
  }
}

@c(board_print)
func print(_ text: UnsafePointer<UInt8>?, _ size: Int) {
  guard let text = unsafe text else { return }
  // The caller promises `size` bytes at `text`.
  let bytes = unsafe UnsafeBufferPointer(start: text, count: size)
  for index in 0..<size { unsafe UART0.write(bytes[index]) }
}
