import Platform
import Units

/// A clock that moves when it is looked at.
struct FakeClock: MonotonicClock {
  enum Defect: CaseIterable { case goesBack, standsStill, stepsTooFar }

  var defect: Defect?
  private var readings: UInt64 = 0

  init(_ defect: Defect? = nil) { self.defect = defect }

  mutating func now() -> Instant {
    readings += 1
    return switch defect {
    case nil: Instant(milliseconds: readings / 3)
    case .goesBack: Instant(milliseconds: readings % 5_000)
    case .standsStill: Instant(milliseconds: 1)
    case .stepsTooFar: Instant(milliseconds: readings / 100 * 21)
    }
  }
}
