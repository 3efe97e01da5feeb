import Foundation
import Units

/// Shows how far a run in virtual time is: a bar on a terminal, a line every 10 s elsewhere.
final class RunProgress {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let started = ContinuousClock.now
  private var nextLineAt = 10.0
  private var isDrawn = false

  /// The seconds since the beginning.
  var seconds: Double { (ContinuousClock.now - started) / .seconds(1) }

  func show(_ progress: FleetRunner.Progress) {
    if isTerminal {
      write("\r\u{1B}[2K" + bar(progress) + " " + line(progress))
      isDrawn = true
    } else if seconds >= nextLineAt {
      nextLineAt += 10
      write(line(progress) + "\n")
    }
  }

  /// Leaves the terminal ready for the next line.
  func end() { if isDrawn { write("\r\u{1B}[2K") } }

  private func part(_ progress: FleetRunner.Progress) -> Double {
    min(Double(progress.milliseconds) / Double(max(progress.totalMilliseconds, 1)), 1)
  }

  private func line(_ progress: FleetRunner.Progress) -> String {
    let hours = Double(progress.milliseconds) / 3_600_000
    let part = part(progress)
    let left = part > 0.01 ? String(format: ", %.0f s left", seconds / part - seconds) : ""
    return String(
      format: "%.0f s: %.1f %%, %.0f device-hours, %.0f a second, %.1f million events%@",
      seconds, part * 100, hours, hours / max(seconds, 0.001), Double(progress.events) / 1e6, left)
  }

  private func bar(_ progress: FleetRunner.Progress) -> String {
    let filled = Int(part(progress) * 20)
    return String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
