/// What all devices of a coupled run share: how many connections a second the cloud accepts.
final class SharedCloud {
  private let connectsPerSecond: Int
  private var second: [UInt64: Int] = [:]
  private var oldest: UInt64 = 0

  init(connectsPerSecond: Int) { self.connectsPerSecond = connectsPerSecond }

  /// True if one more connection is accepted at a moment.
  func accepts(at moment: UInt64) -> Bool {
    let key = moment / 1_000
    let count = second[key, default: 0]
    guard count < connectsPerSecond else { return false }
    second[key] = count + 1
    // Moments are nearly in order: what lies a minute back is over.
    if key > oldest + 60 {
      second = second.filter { $0.key + 60 >= key }
      oldest = key
    }
    return true
  }
}
