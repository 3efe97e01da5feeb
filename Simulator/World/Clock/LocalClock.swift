/// A device's own clock: it runs a little wrong, and begins at zero with each boot.
struct LocalClock {
  private var trueAnchor: UInt64 = 0
  private var localAnchor: UInt64 = 0
  /// Local milliseconds in a million true ones.
  private(set) var rate: UInt64 = 1_000_000

  /// What the clock shows at a true moment, which must not lie before the last change.
  @inline(__always)
  func local(at moment: UInt64) -> UInt64 {
    localAnchor &+ (moment &- trueAnchor) &* rate / 1_000_000
  }

  /// The first true moment at which the clock shows `local` or more.
  @inline(__always)
  func moment(of local: UInt64) -> UInt64 {
    guard local > localAnchor else { return trueAnchor }
    let distance = local - localAnchor
    guard distance < UInt64.max / 2_000_000 else { return .max }
    return trueAnchor + (distance * 1_000_000 + rate - 1) / rate
  }

  /// The clock begins anew.
  mutating func boot(at moment: UInt64) {
    trueAnchor = moment
    localAnchor = 0
  }

  /// From `moment` on the clock gains so many millionths, or loses them.
  mutating func setDrift(_ millionths: Int64, at moment: UInt64) {
    localAnchor = local(at: moment)
    trueAnchor = moment
    rate = UInt64(clamping: 1_000_000 + millionths)
  }
}
