import Foundation

/// Finds the constants of the kinetic model that match a maker's table of capacity by current.
///
/// Manwell and McGowan do the same by hand: a constant current `I` that empties the battery in a
/// time `T` has delivered `I T = q c k' T / (1 - e^(-k' T) + c (k' T - 1 + e^(-k' T)))`.
public struct KineticFit: Sendable, Equatable {
  /// The charge of a full battery, in mAh.
  public let capacity: Double
  /// The share of the available well.
  public let share: Double
  /// `k'` an hour.
  public let rate: Double
  /// The largest relative error over the table.
  public let error: Double

  /// Fits the constants to points of current in mA (x) and delivered charge in mAh (y).
  public init(_ table: Curve) {
    var best = (error: Double.infinity, share: 1.0, rate: 1.0, capacity: table.points[0].y)
    var shares = (low: 0.02, high: 0.98)
    var rates = (low: log(1e-4), high: log(1e3))
    // A grid that closes in on its best point: the error is smooth and has one hollow.
    for _ in 0..<14 {
      for x in 0...16 {
        for y in 0...16 {
          let share = shares.low + (shares.high - shares.low) * Double(x) / 16
          let rate = exp(rates.low + (rates.high - rates.low) * Double(y) / 16)
          let (capacity, error) = Self.fit(table, share: share, rate: rate)
          if error < best.error { best = (error, share, rate, capacity) }
        }
      }
      let width = (shares.high - shares.low) / 4
      shares = (max(0.001, best.share - width), min(0.999, best.share + width))
      let span = (rates.high - rates.low) / 4
      rates = (log(best.rate) - span, log(best.rate) + span)
    }
    (capacity, share, rate, error) = (best.capacity, best.share, best.rate, best.error)
  }

  /// The part of a full battery that a constant current gets out of it in `hours`.
  static func deliveredPart(share: Double, rate: Double, hours: Double) -> Double {
    let x = rate * hours
    let gain = -expm1(-x)
    return share * x / (gain + share * (x - gain))
  }

  /// The capacity that fits best for given constants, and the largest relative error then.
  private static func fit(_ table: Curve, share: Double, rate: Double) -> (Double, Double) {
    let estimates = table.points.map { point in
      point.y / deliveredPart(share: share, rate: rate, hours: point.y / point.x)
    }
    let (least, most) = (estimates.min() ?? 0, estimates.max() ?? 0)
    // The middle of the estimates makes the largest error as small as it can be.
    let capacity = 2 * least * most / (least + most)
    return (capacity, most / capacity - 1)
  }
}

extension Profile<BatteryFigure> {
  /// The battery with the kinetic constants that fit its table of capacity by current, unless it
  /// has such a table only to be read, with constants of its own.
  func fitted() -> BatteryProfile {
    guard let table = curves["capacityByMilliamperes"],
      figures[.kineticAvailablePercent] == nil, figures[.kineticRatePerHour] == nil
    else { return self }
    let fit = KineticFit(table)
    let source = "fitted to capacityByMilliamperes: \(table.source)"
    var battery = self
    battery.figures[.kineticAvailablePercent] = Figure(
      value: fit.share * 100, standing: .derived, source: source)
    battery.figures[.kineticRatePerHour] = Figure(
      value: fit.rate, standing: .derived, source: source)
    return battery
  }
}
