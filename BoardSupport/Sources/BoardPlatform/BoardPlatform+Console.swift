import Bytes
import CBoard
public import Platform

extension BoardPlatform: Console {
  /// Writes `text`, waiting until the hardware has taken it.
  public mutating func print(_ text: Span<UInt8>) { console(text) }

  /// Writes a text that is known when the program is written.
  public mutating func say(_ text: StaticString) { console(text) }

  /// Writes `number` in decimal.
  public mutating func say(_ number: Int) {
    var digits = FixedBytes<20>()
    // Twenty characters hold every number.
    do { try digits.append(decimal: number) } catch {}
    console(digits.span)
  }
}

/// Writes `text` where there is no platform yet.
func console(_ text: StaticString) { console(text.bytes) }

private func console(_ text: Span<UInt8>) {
  // The console reads the bytes before it returns.
  unsafe text.withUnsafeBufferPointer { unsafe board_print($0.baseAddress, $0.count) }
}
