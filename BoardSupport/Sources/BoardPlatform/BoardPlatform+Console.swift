import Bytes
import CBoard
public import Platform

extension BoardPlatform: Console {
  /// Writes `text`, waiting until the hardware has taken it.
  public mutating func print(_ text: Span<UInt8>) {
    // The console reads the bytes before it returns.
    unsafe text.withUnsafeBufferPointer { unsafe board_print($0.baseAddress, $0.count) }
  }

  /// Writes a text that is known when the program is written.
  public mutating func say(_ text: StaticString) { print(text.bytes) }

  /// Writes `number` in decimal.
  public mutating func say(_ number: Int) {
    if number < 0 { say("-") }
    var digits = [20 of UInt8](repeating: 0)
    var writer = ByteWriter(digits.mutableSpan)
    // Twenty characters hold every number, so that nothing is cut off.
    do { try writer.write(decimal: UInt64(number.magnitude)) } catch {}
    let count = writer.count
    print(digits.span.extracting(first: count))
  }
}
