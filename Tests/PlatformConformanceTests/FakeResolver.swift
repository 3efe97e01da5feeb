import Platform
import Units

/// A resolver that knows numeric addresses and takes a while.
struct FakeResolver: NameResolver, MonotonicClock {
  enum Defect: CaseIterable {
    case isAlwaysPending, knowsEveryName, knowsNoNumbers, turnsTheAddressRound, saysVersion6
    case blamesHardware
  }

  /// True if no name server can be reached.
  var isOffline = false
  let defect: Defect?
  private var clock = FakeClock()
  private var questions = 0

  init(_ defect: Defect? = nil) { self.defect = defect }

  mutating func now() -> Instant { clock.now() }

  mutating func resolve(_ host: Span<UInt8>) throws(FakeFailure) -> Resolution {
    questions += 1
    if defect == .isAlwaysPending || questions % 5 != 0 { return .pending }
    if defect == .knowsEveryName { return .address(.v4([10, 1, 2, 3])) }
    guard host[0] == UInt8(ascii: "1") else {
      if isOffline { throw FakeFailure(kind: .unreachable) }
      throw FakeFailure(kind: defect == .blamesHardware ? .hardware : .unknownName)
    }
    switch defect {
    case .knowsNoNumbers: throw FakeFailure(kind: .unknownName)
    case .turnsTheAddressRound: return .address(.v4([3, 2, 1, 10]))
    case .saysVersion6: return .address(.v6([16 of UInt8](repeating: 0)))
    default: return .address(.v4([10, 1, 2, 3]))
    }
  }
}
