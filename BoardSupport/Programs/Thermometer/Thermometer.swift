import Board
import BoardPlatform

nonisolated(unsafe) private var board = Board()
nonisolated(unsafe) private var device = Board.makeDevice()

/// A thermometer that publishes every second: copy it, and measure what you like.
@main
struct Thermometer: Application {
  private var number = 1
  private var next = Instant(milliseconds: 0)

  mutating func work(device: inout BoardDevice, board: inout Board) -> Instant {
    guard board.now() >= next else { return next }
    next = board.now() + Interval(seconds: 1)
    var message = FixedBytes<64>()
    do throws(Overflow) {
      try message.append("{\"n\":")
      try message.append(decimal: number)
      try message.append(",\"milliDegrees\":")
      try message.append(decimal: Int(board.measure()))
      try message.append("}")
    } catch { return next }
    // Without a connection messages wait in the device; where it is full, this one is tried again.
    do throws(PublishFailure) {
      try device.publish(message.span, to: .events, on: &board)
      number += 1
      // Once an hour, where the time went; a record without room is left out, as the next has all.
      if number % 3_600 == 2 { try board.publishStateTimes(with: &device) }
    } catch {}
    return next
  }

  static func main() {
    var thermometer = Thermometer()
    unsafe run(&thermometer, device: &device, on: &board)
  }
}
