import BoardPlatform
import CBoard
import CMeasure
import CortexM

/// Adds up the instructions of what is between `start` and `stop`, where an emulator has each
/// instruction take a nanosecond.
///
/// It reads the processor's own timer (Armv7-M, section B3.3), which counts the board's clock: 40
/// instructions at 25 MHz, 20 at 50 MHz. What takes more than 2^24 ticks cannot be told from less.
struct Stopwatch {
  /// SYST_CSR: control and status.
  private static let control = Register(0xE000_E010)
  /// SYST_RVR: the value that the counter starts from again.
  private static let reload = Register(0xE000_E014)
  /// SYST_CVR: the counter, which counts down.
  private static let current = Register(0xE000_E018)
  private static var counterMask: UInt32 { 0xFF_FFFF }

  private var startedAt: UInt32 = 0
  private var ticks = 0
  private var stackPeak = 0

  /// Starts the timer, without its interrupt.
  static func setUp() {
    reload.store(counterMask)
    current.store(0)
    control.store(0b101)
  }

  /// Goes on to count.
  mutating func start() {
    measure_paint_stack()
    startedAt = Self.current.load()
  }

  /// Stops to count.
  mutating func stop() {
    let now = Self.current.load()
    ticks += Int((startedAt &- now) & Self.counterMask)
    stackPeak = max(stackPeak, board_stack_peak())
  }

  /// The instructions counted, by a clock of `clockHertz`.
  func instructions(clockHertz: UInt32) -> Int { ticks * (1_000_000_000 / Int(clockHertz)) }

  /// The most bytes of stack that were in use while it counted.
  var stackPeakBytes: Int { stackPeak }
}
