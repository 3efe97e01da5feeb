import Foundation

/// A battery as two wells of charge, after Manwell and McGowan's kinetic battery model.
///
/// A load draws from the available well, which the bound well refills the faster the more their
/// levels differ. Therefore a high current leaves charge behind (the rate-capacity effect), and a
/// pause gets some of it back (recovery):
///
///     dy1/dt = -I + k (h2 - h1),  dy2/dt = -k (h2 - h1),  h1 = y1 / c,  h2 = y2 / (1 - c)
///
/// with `k' = k / (c (1 - c))`. A constant current has a closed solution, which is used here as it
/// stands in J. F. Manwell and J. G. McGowan, "Lead acid battery storage model for hybrid energy
/// systems", Solar Energy 50 (1993), and in M. R. Jongerden and B. R. Haverkort, "Which battery
/// model to use?", IET Software 3 (2009). The battery is empty when the available well is.
///
/// Units are the caller's: charge in any unit, time in any unit, current in charge a time.
public struct KineticBattery: Sendable, Equatable {
  /// The charge that a load can draw at once.
  public var available: Double
  /// The charge that has yet to flow.
  public var bound: Double
  /// The share of the available well in a full battery, above 0 and at most 1.
  public let share: Double
  /// The rate `k'` at which the wells level out.
  public let rate: Double

  /// Creates a full battery.
  public init(capacity: Double, share: Double, rate: Double) {
    precondition(capacity > 0 && share > 0 && share <= 1 && rate > 0)
    available = capacity * share
    bound = capacity * (1 - share)
    self.share = share
    self.rate = rate
  }

  /// The charge in both wells.
  public var charge: Double { available + bound }

  /// Lets a constant current flow for a time.
  public mutating func draw(_ current: Double, for time: Double) {
    let step = KineticStep(current: current, time: time, share: share, rate: rate)
    (available, bound) = step.applied(available, bound)
  }

  /// The time after which a constant current empties the available well, or nil if it takes longer
  /// than `limit`.
  public func timeUntilEmpty(at current: Double, within limit: Double) -> Double? {
    guard available > 0 else { return 0 }
    // The available well falls all the time under a constant load that ever empties it, except
    // where it first rises: so the first crossing is found in ever finer steps.
    let steps = 256
    var lower = 0.0
    for index in 1...steps {
      let time = limit * Double(index) / Double(steps)
      if isEmpty(at: current, after: time) {
        return bisect(at: current, from: lower, to: time)
      }
      lower = time
    }
    return nil
  }

  private func bisect(at current: Double, from start: Double, to end: Double) -> Double {
    var (lower, upper) = (start, end)
    for _ in 0..<80 {
      let middle = (lower + upper) / 2
      if isEmpty(at: current, after: middle) { upper = middle } else { lower = middle }
    }
    return upper
  }

  private func isEmpty(at current: Double, after time: Double) -> Bool {
    var copy = self
    copy.draw(current, for: time)
    return copy.available <= 0
  }
}

/// What a constant current does to the wells in a time: an affine map, so steps can be joined.
struct KineticStep: Sendable {
  private var matrix: (Double, Double, Double, Double)
  private var offset: (Double, Double)

  /// The map of a current for a time.
  init(current: Double, time: Double, share: Double, rate: Double) {
    let fall = exp(-rate * time)
    // 1 - e^-x and x - 1 + e^-x lose their digits for a small x unless they are computed apart.
    let gain = -expm1(-rate * time)
    let lag = rate * time < 1e-5 ? rate * rate * time * time / 2 : rate * time - gain
    matrix = (fall + share * gain, share * gain, (1 - share) * gain, fall + (1 - share) * gain)
    offset = (
      -current * gain / rate - current * share * lag / rate, -current * (1 - share) * lag / rate
    )
  }

  /// The wells after the step.
  func applied(_ available: Double, _ bound: Double) -> (Double, Double) {
    (
      matrix.0 * available + matrix.1 * bound + offset.0,
      matrix.2 * available + matrix.3 * bound + offset.1
    )
  }

  /// This step, and then `next`.
  func then(_ next: KineticStep) -> KineticStep {
    var joined = self
    let (a, b) = (matrix, next.matrix)
    joined.matrix = (
      b.0 * a.0 + b.1 * a.2, b.0 * a.1 + b.1 * a.3, b.2 * a.0 + b.3 * a.2, b.2 * a.1 + b.3 * a.3
    )
    joined.offset = next.applied(offset.0, offset.1)
    return joined
  }

  /// This step as often as `count` says.
  func times(_ count: Int) -> KineticStep {
    precondition(count >= 1)
    var result: KineticStep?
    var power = self
    var rest = count
    while rest > 0 {
      if rest & 1 == 1 { result = result?.then(power) ?? power }
      power = power.then(power)
      rest >>= 1
    }
    return result ?? self
  }

  /// The same step of a battery that keeps only `share` of its charge meanwhile.
  func keeping(_ share: Double) -> KineticStep {
    var scaled = self
    scaled.matrix = (matrix.0 * share, matrix.1 * share, matrix.2 * share, matrix.3 * share)
    scaled.offset = (offset.0 * share, offset.1 * share)
    return scaled
  }
}
