import CBoard

/// The board's console, for those who have no platform at hand.
public enum BoardConsole {
  /// Writes `text`, waiting until the hardware has taken it.
  public static func write(_ text: Span<UInt8>) {
    // The console reads the bytes before it returns.
    unsafe text.withUnsafeBufferPointer { unsafe board_print($0.baseAddress, $0.count) }
  }

  /// Writes a text that is known when the program is written.
  public static func write(_ text: StaticString) { write(text.bytes) }

  /// Writes `number` in decimal.
  public static func write(_ number: Int) {
    var digits = FixedBytes<20>()
    // Twenty characters hold every number.
    do { try digits.append(decimal: number) } catch {}
    write(digits.span)
  }
}

extension BoardPlatform: Console {
  /// Writes `text`, waiting until the hardware has taken it.
  public mutating func print(_ text: Span<UInt8>) { BoardConsole.write(text) }
}
