import Scenarios

/// The faults that are at work now, with their strengths.
struct ActiveFaults {
  private var counts = [25 of UInt8](repeating: 0)
  private var strengths = [25 of Double](repeating: 0)
  /// True if there is none, which is the usual case.
  private(set) var isEmpty = true

  func contains(_ kind: Fault.Kind) -> Bool { !isEmpty && counts[kind.index] > 0 }

  func strength(_ kind: Fault.Kind) -> Double { strengths[kind.index] }

  mutating func begin(_ kind: Fault.Kind, strength: Double) {
    counts[kind.index] += 1
    strengths[kind.index] = strength
    isEmpty = false
  }

  mutating func end(_ kind: Fault.Kind) {
    counts[kind.index] -= 1
    isEmpty = true
    for index in counts.indices where counts[index] > 0 { isEmpty = false }
  }
}
