import Foundation

/// Writes what happens to one device as lines in fixed columns: time, device, layer, event, detail.
final class Tracer {
  /// The part of the world in which something happens.
  enum Layer: String {
    case power
    case fault
    case clock
    case time
    case flash
    case net
    case tls
    case cloud
    case engine
    case app
    case check
  }

  private let output: (String) -> Void

  init(_ output: @escaping (String) -> Void) { self.output = output }

  func write(
    at moment: UInt64, device: Int, _ layer: Layer, _ event: String, _ detail: String
  ) {
    let event = event.padding(toLength: max(16, event.count), withPad: " ", startingAt: 0)
    let layer = layer.rawValue.padding(toLength: 6, withPad: " ", startingAt: 0)
    let line = "\(Self.time(moment))  \(Self.padded(device, 7))  \(layer)  \(event)  \(detail)"
    output(line.trimmingCharacters(in: .whitespaces).isEmpty ? "" : Self.trimmed(line))
  }

  /// Days, hours, minutes, seconds and milliseconds since the beginning.
  static func time(_ moment: UInt64) -> String {
    func two(_ value: UInt64) -> String { padded(Int(value), 2, with: "0") }
    let seconds = moment / 1_000
    let clock = "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    return
      "\(padded(Int(seconds / 86_400), 4))d \(clock).\(padded(Int(moment % 1_000), 3, with: "0"))"
  }

  private static func padded(_ value: Int, _ width: Int, with fill: Character = " ") -> String {
    let digits = String(value)
    return String(repeating: fill, count: max(0, width - digits.count)) + digits
  }

  private static func trimmed(_ line: String) -> String {
    var line = Substring(line)
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}
