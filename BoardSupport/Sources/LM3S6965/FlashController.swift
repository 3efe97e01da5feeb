import CortexM

/// The flash controller of the LM3S6965 (data sheet, section 7.3).
enum FlashController {
  /// FMA, FMD, FMC: address, data and command.
  private static let address = Register(0x400F_D000)
  private static let data = Register(0x400F_D004)
  private static let command = Register(0x400F_D008)
  /// USECRL: the clock in megahertz less one, from which pulses get their length.
  private static let microsecond = Register(0x400F_E140)
  /// WRKEY, which every command carries, and the commands themselves.
  private static let key: UInt32 = 0xA442_0000
  private static let write: UInt32 = 1 &<< 0
  private static let erase: UInt32 = 1 &<< 1

  /// Prepares for a clock of 50 MHz.
  static func start() {
    microsecond.store(49)
    address.store(0x3_FFFC)
  }

  /// True where the controller is there: its address register keeps what is written to it.
  static var isThere: Bool { address.load() != 0 }

  /// Programs one word, which must be erased.
  static func program(_ word: UInt32, at place: UInt32) {
    address.store(place)
    data.store(word)
    run(write)
  }

  /// Erases the block of 1 KB at `place`.
  static func erase(at place: UInt32) {
    address.store(place)
    run(erase)
  }

  /// Starts a command and waits for its bit to fall; it takes 50 microseconds to 20 milliseconds.
  private static func run(_ what: UInt32) {
    command.store(key | what)
    for _ in 0..<1_000_000 where command.load() & what == 0 { return }
  }
}
