import Jitter

/// Where each random number of a run comes from: streams that a seed, a device and a purpose
/// decide.
///
/// So no device's numbers depend on another device, nor on the order in which devices are
/// simulated.
enum Draw {
  /// What a stream of numbers is for.
  enum Purpose: UInt64 {
    case network = 1
    case cloud
    case entropy
    case device
    case flash
    case power
    case faults
    case swarm
    case battery
    case key
  }

  /// The device index of streams that all devices share.
  static let fleet = UInt64.max

  /// The stream of a device for a purpose; `number` tells several of one purpose apart.
  static func stream(
    _ seed: UInt64, _ device: UInt64, _ purpose: Purpose, number: UInt64 = 0
  ) -> SplitMix64 {
    SplitMix64(seed: mix(mix(mix(seed, device), purpose.rawValue), number))
  }

  /// One number out of two, in which every bit of both counts (the finalizer of MurmurHash3).
  @inline(__always)
  static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var value = first &* 0x9E37_79B9_7F4A_7C15 ^ (second &+ 0xD6E8_FEB8_6659_FD93)
    value = (value ^ (value &>> 33)) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ (value &>> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ (value &>> 33)
  }
}

extension SplitMix64 {
  /// Draws a whole number below `bound`, which is not zero.
  @inline(__always)
  mutating func below(_ bound: UInt64) -> UInt64 { next().multipliedFullWidth(by: bound).high }

  /// Draws a whole number from a range.
  @inline(__always)
  mutating func draw(_ low: UInt64, _ high: UInt64) -> UInt64 {
    high > low ? low + below(high - low + 1) : low
  }

  /// Draws a fraction from zero up to, and without, one.
  mutating func fraction() -> Double { Double(next() &>> 11) * 0x1p-53 }

  /// True with a probability.
  mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

  /// Draws a time whose mean is `mean` and which has no memory: exponentially distributed.
  mutating func exponential(mean: Double) -> Double {
    mean * -NaturalLogarithm.of((Double(next() &>> 11) + 1) * 0x1p-53)
  }
}

/// A logarithm that gives the same bits on every machine, which the C library's does not promise.
enum NaturalLogarithm {
  /// The natural logarithm of a positive number, to about 1e-13.
  static func of(_ value: Double) -> Double {
    // ln(m 2^e) = e ln 2 + 2 artanh((m - 1) / (m + 1))
    let exponent = Double(value.exponent)
    let ratio = (value.significand - 1) / (value.significand + 1)
    let square = ratio * ratio
    var power = ratio
    var sum = 0.0
    var divisor = 1.0
    for _ in 0..<16 {
      sum += power / divisor
      power *= square
      divisor += 2
    }
    return exponent * 0.693_147_180_559_945_309 + 2 * sum
  }
}
