import Jitter

/// Random numbers for one purpose of one device: they depend on seed, device and purpose alone.
struct Stream {
  private var generator: SplitMix64

  /// What numbers are drawn for; each purpose has numbers of its own, so that one more draw for one
  /// changes nothing for the others.
  enum Purpose: UInt64 {
    case device = 1
    case network
    case entropy
    case flash
    case battery
    case swarm
    case fault
    case power
  }

  /// The numbers of `purpose` for a device, or for the whole fleet where it is nil.
  init(seed: UInt64, device: Int?, _ purpose: Purpose, _ index: Int = 0) {
    var mixer = SplitMix64(seed: seed)
    var mixed = mixer.next()
    for part in [UInt64(truncatingIfNeeded: device ?? -1), purpose.rawValue, UInt64(index)] {
      mixer = SplitMix64(seed: mixed ^ part &* 0x9E37_79B9_7F4A_7C15)
      mixed = mixer.next()
    }
    generator = SplitMix64(seed: mixed)
  }

  mutating func next() -> UInt64 { generator.next() }

  /// A number from the range, all nearly equally likely.
  mutating func draw(_ range: ClosedRange<UInt64>) -> UInt64 {
    let width = range.upperBound - range.lowerBound
    guard width < .max else { return next() }
    return range.lowerBound + next() % (width + 1)
  }

  /// True with a probability.
  mutating func happens(_ probability: Double) -> Bool {
    guard probability > 0 else { return false }
    return Double(next() >> 11) / Double(1 << 53) < probability
  }
}
