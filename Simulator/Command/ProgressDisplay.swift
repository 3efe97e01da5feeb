import Fleet
import Foundation
import Units

/// Shows how a fleet is doing: one line that changes on a terminal, a line every 10 s elsewhere.
final class ProgressDisplay {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let total: Interval
  private var nextLineAt = Interval(seconds: 10)
  private var isDrawn = false

  init(total: Interval) { self.total = total }

  func show(_ tally: FleetTally, after time: Interval) {
    if isTerminal {
      write("\r\u{1B}[2K" + bar(at: time) + " " + line(tally, after: time))
      isDrawn = true
    } else if time >= nextLineAt {
      nextLineAt = nextLineAt + Interval(seconds: 10)
      write(line(tally, after: time) + "\n")
    }
  }

  /// Leaves the terminal ready for the next line.
  func end() { if isDrawn { write("\r\u{1B}[2K") } }

  private func line(_ tally: FleetTally, after time: Interval) -> String {
    let waiting = tally.accepted - tally.acknowledged
    return "\(time.seconds) s: \(tally.online)/\(tally.devices) online, "
      + "\(tally.acknowledged) messages acknowledged, \(waiting) on their way, "
      + "\(tally.tokensSigned) tokens, \(tally.connectsFailed) failures"
  }

  private func bar(at time: Interval) -> String {
    let width = 20
    let part = min(Double(time.milliseconds) / Double(max(total.milliseconds, 1)), 1)
    let filled = Int(part * Double(width))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
