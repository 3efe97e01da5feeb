/// The connections that all devices together may open in a second, counted by the second.
final class Throttle {
  private let limit: Int
  /// What was granted in each of the latest seconds, in a ring.
  private var granted = [Int](repeating: 0, count: 4_096)
  private var seconds = [UInt64](repeating: .max, count: 4_096)

  init(connectsPerSecond: Int) { limit = connectsPerSecond }

  /// True if one more connection may open at a moment.
  func admits(at moment: UInt64) -> Bool {
    let second = moment / 1_000
    let place = Int(second % 4_096)
    if seconds[place] != second {
      seconds[place] = second
      granted[place] = 0
    }
    guard granted[place] < limit else { return false }
    granted[place] += 1
    return true
  }
}
