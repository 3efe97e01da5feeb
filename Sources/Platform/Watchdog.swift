/// Resets the board unless it is fed in time.
///
/// For implementers: choose a time-out well above the longest single step, which is one public-key
/// operation: see `Docs/Budgets.md` for its instruction count.
public protocol Watchdog: ~Copyable {
  /// Restarts the count-down.
  mutating func feedWatchdog()
}
