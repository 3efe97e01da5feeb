import CBoard

/// Says that the processor met a fault, and where, then restarts the board.
@c(board_fault)
func fault() {
  cpu_disable_interrupts()
  say("\nfault: status ")
  // CFSR: why (Armv7-M, section B3.2.15). HFSR tells whether it was escalated.
  say(hexadecimal: Register(0xE000_ED28).load())
  say(", hard fault ")
  say(hexadecimal: Register(0xE000_ED2C).load())
  say(", address ")
  say(hexadecimal: Register(0xE000_ED38).load())
  say("\n")
  restart()
}

/// Resets the processor and all that hangs on it (Armv7-M, section B3.2.6).
public func restart() -> Never {
  // AIRCR with its key and SYSRESETREQ.
  Register(0xE000_ED0C).store(0x05FA_0004)
  while true {}
}

/// Prints a literal on the board's console.
private func say(_ text: StaticString) {
  unsafe board_print(text.utf8Start, text.utf8CodeUnitCount)
}

private func say(hexadecimal value: UInt32) {
  var shift: UInt32 = 32
  while shift > 0 {
    shift -= 4
    let digit = UInt8(truncatingIfNeeded: value &>> shift & 0xF)
    var character = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    unsafe board_print(&character, 1)
  }
}
