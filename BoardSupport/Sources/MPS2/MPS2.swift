public import BoardPlatform
import CBoard
import CNetwork
import CortexM
import Platform

/// This board's platform, under the name that programs use.
public typealias Board = BoardPlatform<MPS2>

/// The Arm MPS2 board with the images AN385 (Cortex-M3) or AN386 (Cortex-M4), at 25 MHz.
///
/// Its 16 MB of PSRAM stand in for flash: the board has none that a program can write. An emulator
/// can keep that memory in a file, which then survives like flash.
public struct MPS2: BoardHardware {
  /// The board's name.
  public static var name: StaticString { "mps2" }

  /// What the Ethernet controller has read from its own memory.
  public static var hardwareAddress: [6 of UInt8] { LAN9118().storedAddress }

  /// The clock of the images (application notes AN385 and AN386, section 3.3).
  public static let clockHertz: UInt32 = 25_000_000

  /// The LAN9118 on the board.
  public var ethernet = LAN9118()
  /// 64 KB of PSRAM, behind those of the device image.
  public var flash = unsafe MemoryFlash(
    unsafeAddress: 0x2101_0000,
    geometry: FlashGeometry(programUnit: 4, blockSize: 4_096, blockCount: 16))

  /// Creates the drivers.
  public init() {}

  /// The first 64 KB of PSRAM.
  public static var imageBytes: Span<UInt8> {
    @_lifetime(immortal)
    get {
      // The linker script leaves the PSRAM alone.
      let bytes = unsafe UnsafeBufferPointer(
        start: UnsafePointer<UInt8>(bitPattern: 0x2100_0000), count: 65_536)
      return unsafe _overrideLifetime(Span(_unsafeElements: bytes), borrowing: ())
    }
  }

  /// Starts the console; clocks and pins are the image's.
  public static func start() { UART0.start() }

  private static let watchdog = APBWatchdog(base: 0x4000_8000)

  /// Starts the watchdog; it resets at the second time that half of `milliseconds` have passed.
  public static func startWatchdog(milliseconds: UInt32) {
    watchdog.start(ticks: clockHertz / 1_000 * milliseconds)
  }

  /// Restarts the watchdog's count-down.
  public static func feedWatchdog() { watchdog.feed() }

  /// The board has no sensor.
  public static func measureTemperature() -> Int32? { nil }
}

// What C asks of the board.

@c(board_put)
func put(_ byte: UInt8) { UART0.write(byte) }

@c(board_send_frame)
func send(_ frame: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  // The stack promises `size` bytes at `frame`.
  let bytes = unsafe UnsafeBufferPointer(start: frame, count: size)
  var ethernet = LAN9118()
  return unsafe ethernet.send(Span(_unsafeElements: bytes)) ? 0 : -1
}
