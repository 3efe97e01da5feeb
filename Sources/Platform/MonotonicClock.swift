public import Units

/// Counts time since some fixed moment of this boot.
///
/// For implementers: never goes back, never stops while the device sleeps, and needs no battery.
/// A resolution of 20 ms is enough. 32-bit hardware counters must be extended to 64 bits.
public protocol MonotonicClock: ~Copyable {
  /// The present moment.
  mutating func now() -> Instant
}
