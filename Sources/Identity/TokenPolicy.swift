public import Units

/// How long tokens live and when they are renewed.
public struct TokenPolicy: Sendable {
  /// The time between a token's beginning and its end, in whole seconds.
  public let lifetime: Interval
  /// How long before its end a token is renewed at the latest, the clock's uncertainty not counted.
  public let margin: Interval
  /// How much earlier that may be, drawn anew for each token.
  public let jitterMaximum: Interval
  /// How long before the renewal the new token may be signed, while there is nothing else to do.
  public let signAhead: Interval

  /// A day, as long as Google-style clouds allow, renewed in its last hour but for two minutes.
  ///
  /// A fleet that was switched on together renews over most of an hour instead of in one second.
  public static let standard = TokenPolicy(
    lifetime: Interval(seconds: 86_400), margin: Interval(seconds: 120),
    jitterMaximum: Interval(seconds: 3_480), signAhead: Interval(seconds: 60))

  /// Creates a policy; a lifetime below 4 s traps.
  ///
  /// Margin, jitter and time ahead are each cut to a quarter of the lifetime.
  public init(
    lifetime: Interval, margin: Interval, jitterMaximum: Interval, signAhead: Interval
  ) {
    precondition(lifetime >= Limits.lifetimeMinimum)
    let share = Self.share(of: lifetime)
    self.lifetime = Interval(seconds: lifetime.seconds)
    self.margin = min(margin, share)
    self.jitterMaximum = min(jitterMaximum, share)
    self.signAhead = min(signAhead, share)
  }

  /// How long before its end a token is renewed at the latest, if the clock is wrong by
  /// `uncertainty`.
  func margin(for uncertainty: Interval) -> Interval {
    min(margin + uncertainty, Self.share(of: lifetime))
  }

  private static func share(of lifetime: Interval) -> Interval {
    Interval(milliseconds: lifetime.milliseconds / Limits.shareOfLife)
  }
}
