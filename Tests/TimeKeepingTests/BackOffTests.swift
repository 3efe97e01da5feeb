import Jitter
import Testing
import TimeKeeping
import Units

@Suite struct BackOffTests {
  static let ceilings: [UInt64] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_024, 1_024]

  @Test func theCeilingDoublesUpToTheCap() {
    var backOff = BackOff()
    for ceiling in Self.ceilings {
      #expect(backOff.ceiling == Interval(seconds: ceiling))
      _ = backOff.failed(random: 0, now: .seconds(0))
    }
    #expect(backOff.level == 10)
  }

  @Test func everyWaitIsWithinItsCeiling() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<1_000 {
      var backOff = BackOff()
      for ceiling in Self.ceilings {
        let delay = backOff.failed(random: random.next(), now: .seconds(0))
        #expect(delay <= Interval(seconds: ceiling))
      }
    }
  }

  /// The two classic mistakes would show here: jitter before the cap, and a spread of less than
  /// all.
  @Test(arguments: [0, 3, 10, 20])
  func waitsAreSpreadEvenlyFromZeroToTheCeiling(failures: Int) {
    var random = SplitMix64(seed: 2)
    var tenths = [Int](repeating: 0, count: 10)
    let ceiling = Self.ceilings[min(failures, 10)] * 1_000
    for _ in 0..<10_000 {
      var backOff = BackOff()
      for _ in 0..<failures { _ = backOff.failed(random: 0, now: .seconds(0)) }
      let delay = backOff.failed(random: random.next(), now: .seconds(0))
      tenths[min(9, Int(delay.milliseconds * 10 / ceiling))] += 1
    }
    // 1000 each, with a standard deviation of 30.
    for count in tenths { #expect((850...1_150).contains(count)) }
  }

  @Test func bothEndsOfTheRangeCanBeDrawn() {
    var backOff = BackOff()
    #expect(backOff.failed(random: 0, now: .seconds(0)) == .zero)
    // 2000 is the last of 2001 possible waits at the second level.
    #expect(backOff.failed(random: 2_000, now: .seconds(0)) == Interval(seconds: 2))
    #expect(backOff.failed(random: 4_001, now: .seconds(0)) == .zero)
  }

  @Test func theFirstAttemptIsSpread() {
    var random = SplitMix64(seed: 3)
    var early = 0
    for _ in 0..<1_000 {
      let delay = BackOff().firstDelay(random: random.next())
      #expect(delay <= Interval(seconds: 10))
      if delay < Interval(seconds: 5) { early += 1 }
    }
    #expect((400...600).contains(early))
  }

  @Test func aLevelFromFlashIsKeptAndBounded() {
    #expect(BackOff(level: 5).ceiling == Interval(seconds: 32))
    #expect(BackOff(level: 255).ceiling == Interval(seconds: 1_024))
    #expect(BackOff(level: 255).level == 10)
    let restored = BackOff(level: 9)
    #expect(restored.firstDelay(random: 512_000) == Interval(seconds: 512))
    #expect(BackOff(level: 1).firstDelay(random: 10_000) == Interval(seconds: 10))
  }

  @Test(
    arguments: [
      (0, 6), (59, 6), (60, 5), (119, 5), (120, 4), (359, 1), (360, 0), (599, 0), (600, 0),
    ] as [(UInt64, UInt8)])
  func healthLowersTheLevelStepByStep(seconds: UInt64, level: UInt8) {
    var backOff = BackOff(level: 6)
    backOff.succeeded(now: .seconds(100))
    backOff.settle(.seconds(100 + seconds))
    #expect(backOff.level == level)
  }

  @Test func tenHealthyMinutesForgetEverything() {
    var backOff = BackOff(level: 10)
    backOff.succeeded(now: .seconds(0))
    backOff.settle(.seconds(599))
    #expect(backOff.level == 1)
    backOff = BackOff(
      policy: BackOffPolicy(
        base: Interval(seconds: 1), cap: Interval(seconds: 100_000), firstSpread: .zero,
        decayTime: Interval(seconds: 60), resetTime: Interval(seconds: 600)), level: 17)
    backOff.succeeded(now: .seconds(0))
    backOff.settle(.seconds(600))
    #expect(backOff.level == 0)
  }

  @Test func tenMinutesAreCountedInOnePieceHoweverOftenOneLooks() {
    let policy = BackOffPolicy(
      base: Interval(seconds: 1), cap: Interval(seconds: 100_000), firstSpread: .zero,
      decayTime: Interval(seconds: 60), resetTime: Interval(seconds: 600))
    var looked = BackOff(policy: policy, level: 17)
    looked.succeeded(now: .seconds(0))
    for second: UInt64 in 1...600 { looked.settle(.seconds(second)) }
    #expect(looked.level == 0)
  }

  @Test func aConnectionThatBreaksAtOnceForgivesNothing() {
    var backOff = BackOff()
    for round: UInt64 in 0..<20 {
      backOff.succeeded(now: .seconds(round * 20))
      _ = backOff.failed(random: 0, now: .seconds(round * 20 + 10))
    }
    #expect(backOff.level == 10)
  }

  @Test func onlyHealthyTimeHeals() {
    var backOff = BackOff(level: 6)
    _ = backOff.failed(random: 0, now: .seconds(0))
    backOff.settle(.seconds(100_000))
    #expect(backOff.level == 7)
    // Three minutes of health take three levels, and the failure behind them adds one.
    backOff.succeeded(now: .seconds(100_000))
    _ = backOff.failed(random: 0, now: .seconds(100_180))
    #expect(backOff.level == 5)
  }

  @Test func lookingOftenDoesNotSlowTheHealing() {
    var backOff = BackOff(level: 6)
    backOff.succeeded(now: .seconds(0))
    for second: UInt64 in stride(from: 0, through: 180, by: 7) { backOff.settle(.seconds(second)) }
    backOff.settle(.seconds(180))
    #expect(backOff.level == 3)
    backOff.succeeded(now: .seconds(240))
    #expect(backOff.level == 2)
  }

  @Test func renewingAHealthyConnectionDoesNotSlowTheHealing() {
    var backOff = BackOff(level: 10)
    for second: UInt64 in stride(from: 0, through: 600, by: 50) {
      backOff.succeeded(now: .seconds(second))
    }
    #expect(backOff.level == 0)
  }

  @Test func levelsNeverLeaveTheirRange() {
    var random = SplitMix64(seed: 4)
    var backOff = BackOff()
    var now = Instant.seconds(0)
    for _ in 0..<10_000 {
      now = now + Interval(milliseconds: random.next() % 700_000)
      switch random.next() % 4 {
      case 0: backOff.succeeded(now: now)
      case 1: backOff.settle(now)
      default: #expect(backOff.failed(random: random.next(), now: now) <= Interval(seconds: 1_024))
      }
      #expect(backOff.level <= 10)
      #expect(BackOff(level: backOff.level).level == backOff.level)
    }
  }

  @Test func noWaitIsShorterThanTheFloor() {
    let floor = Interval(seconds: 10)
    let policy = BackOffPolicy(
      base: Interval(seconds: 20), cap: Interval(seconds: 60), floor: floor, firstSpread: .zero,
      decayTime: Interval(seconds: 60), resetTime: Interval(seconds: 600))
    var backOff = BackOff(policy: policy)
    #expect(backOff.failed(random: 0, now: .seconds(0)) == floor)
    #expect(backOff.failed(random: 30_000, now: .seconds(0)) == Interval(seconds: 40))
    let fixed = BackOffPolicy(
      base: floor, cap: floor, floor: floor, firstSpread: .zero, decayTime: Interval(seconds: 60),
      resetTime: Interval(seconds: 600))
    backOff = BackOff(policy: fixed)
    for random: UInt64 in [0, .max / 3, .max] {
      #expect(backOff.failed(random: random, now: .seconds(0)) == floor)
    }
  }

  @Test func aPolicyThatMakesNoSenseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = BackOffPolicy(
        base: Interval(seconds: 1), cap: Interval(seconds: 1), floor: Interval(seconds: 2),
        firstSpread: .zero, decayTime: Interval(seconds: 1), resetTime: .zero)
    }
    await #expect(processExitsWith: .failure) {
      _ = BackOffPolicy(
        base: .zero, cap: Interval(seconds: 1), firstSpread: .zero,
        decayTime: Interval(seconds: 1), resetTime: .zero)
    }
    await #expect(processExitsWith: .failure) {
      _ = BackOffPolicy(
        base: Interval(seconds: 2), cap: Interval(seconds: 1), firstSpread: .zero,
        decayTime: Interval(seconds: 1), resetTime: .zero)
    }
  }
}
