public import Units

/// The lengths of time that a back-off works with.
public struct BackOffPolicy: Sendable {
  /// The ceiling of the first wait.
  public let base: Interval
  /// The ceiling that is never exceeded.
  public let cap: Interval
  /// The least wait after a failure; zero spreads a fleet best.
  ///
  /// Some clouds refuse a client that comes twice within a second. Equal to base and cap it makes
  /// every wait the same, which brings a fleet back in step.
  public let floor: Interval
  /// The ceiling of the wait before the very first attempt.
  public let firstSpread: Interval
  /// How long a connection has to last to lower the level by one.
  public let decayTime: Interval
  /// How long a connection has to last to forget all failures.
  public let resetTime: Interval

  /// From 1 s to 17 minutes, the first attempt within 10 s; healed by a minute each, or 10 in all.
  ///
  /// Brokers that were restarted under load need such a cap; a minute of health says more than one
  /// accepted connection, which an overloaded broker grants and then drops.
  public static let standard = BackOffPolicy(
    base: Interval(seconds: 1), cap: Interval(seconds: 1_024), firstSpread: Interval(seconds: 10),
    decayTime: Interval(seconds: 60), resetTime: Interval(seconds: 600))

  /// Creates a policy; the base may be neither zero nor above the cap, the floor not above the
  /// base, and the decay time not zero.
  public init(
    base: Interval, cap: Interval, floor: Interval = .zero, firstSpread: Interval,
    decayTime: Interval, resetTime: Interval
  ) {
    precondition(base > .zero && base <= cap && floor <= base && decayTime > .zero)
    self.base = base
    self.cap = cap
    self.floor = floor
    self.firstSpread = firstSpread
    self.decayTime = decayTime
    self.resetTime = resetTime
  }
}
