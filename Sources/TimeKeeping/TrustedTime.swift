public import Units

/// A date that the trusted clock vouches for.
///
/// Only `TrustedClock` makes one, so that whatever demands it (signing a token, accepting a
/// certificate) cannot run on a clock that is not trusted: the compiler refuses.
public struct TrustedTime: Sendable {
  /// The date.
  public let time: UnixTime
  /// How far the true date may lie from `time`, in either direction.
  public let uncertainty: Interval

  package init(_ time: UnixTime, uncertainty: Interval) {
    self.time = time
    self.uncertainty = uncertainty
  }
}
