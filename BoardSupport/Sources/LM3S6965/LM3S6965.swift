public import BoardPlatform
import CBoard
import CNetwork
import CortexM

/// This board's platform, under the name that programs use.
public typealias Board = BoardPlatform<LM3S6965>

/// The Stellaris LM3S6965 evaluation board: Cortex-M3 at 50 MHz, 256 KB of flash, 64 KB of RAM.
public struct LM3S6965: BoardHardware {
  /// The board's name.
  public static var name: StaticString { "lm3s6965evb" }

  /// USERREG0 and USERREG1, where the maker writes the address (data sheet, section 7.3).
  public static var hardwareAddress: [6 of UInt8] {
    let first = Register(0x400F_E1E0).load()
    let second = Register(0x400F_E1E4).load()
    return [
      UInt8(truncatingIfNeeded: first), UInt8(truncatingIfNeeded: first &>> 8),
      UInt8(truncatingIfNeeded: first &>> 16), UInt8(truncatingIfNeeded: second),
      UInt8(truncatingIfNeeded: second &>> 8), UInt8(truncatingIfNeeded: second &>> 16),
    ]
  }

  /// The PLL's 200 MHz, divided by four.
  public static let clockHertz: UInt32 = 50_000_000

  /// The Ethernet controller on the chip.
  public var ethernet = StellarisEthernet()
  /// The last four kilobytes of flash, or what stands in for them.
  public var flash = StateFlash()

  /// Creates the drivers.
  public init() {}

  /// The 6 KB of flash below the state region.
  public static var imageBytes: Span<UInt8> {
    @_lifetime(immortal)
    get {
      // The linker script leaves this part of the flash alone.
      let bytes = unsafe UnsafeBufferPointer(
        start: UnsafePointer<UInt8>(bitPattern: 0x3_D800), count: 6 * 1_024)
      return unsafe _overrideLifetime(Span(_unsafeElements: bytes), borrowing: ())
    }
  }

  /// Sets up clocks, pins and the console.
  public static func start() {
    SystemControl.start()
    UART0.start()
    StateFlash.start()
  }

  private static let watchdog = APBWatchdog(base: 0x4000_0000)

  /// Starts the watchdog; it resets at the second time that half of `milliseconds` have passed.
  public static func startWatchdog(milliseconds: UInt32) {
    watchdog.start(ticks: clockHertz / 1_000 * milliseconds)
  }

  /// Restarts the watchdog's count-down.
  public static func feedWatchdog() { watchdog.feed() }

  /// The temperature of the chip.
  public static func measureTemperature() -> Int32? { TemperatureSensor.measure() }
}

// What C asks of the board.

@c(board_put)
func put(_ byte: UInt8) { UART0.write(byte) }

@c(board_send_frame)
func send(_ frame: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  // The stack promises `size` bytes at `frame`.
  let bytes = unsafe UnsafeBufferPointer(start: frame, count: size)
  var ethernet = StellarisEthernet()
  return unsafe ethernet.send(Span(_unsafeElements: bytes)) ? 0 : -1
}
