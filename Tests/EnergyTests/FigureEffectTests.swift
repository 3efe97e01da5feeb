import Energy
import Testing

/// Each figure moves the result in the direction that its rule says, and by no more than it can.
@Suite struct FigureEffectTests {
  /// A device in which every figure matters: keep-alive, questions for the time, flash, a tail,
  /// paging, a token each hour.
  private static func bench() throws -> Bench {
    var bench = try Bench()
    bench.radio = "lte-m-psm"
    bench.plan.measureSeconds = 600
    return bench
  }

  private func total(
    _ policy: String, _ change: (inout DeviceParts) -> Void = { _ in }
  ) throws -> Double {
    let bench = try Self.bench()
    var parts = try bench.parts()
    change(&parts)
    let traffic = Traffic(plan: bench.plan, sensor: parts.sensor)
    return LoadModel(
      parts: parts, policy: try bench.policy(policy), traffic: traffic, bound: .middle
    ).load.total.millijoules
  }

  /// Changes `key` by a factor in one policy after the other until the result moves, and checks
  /// that the direction is right and the relative change no larger than the figure's own.
  private func check<Key: FigureKey>(
    _ key: Key, of profile: Profile<Key>, put: (inout DeviceParts, Profile<Key>) -> Void
  ) throws {
    let effect = key.rule.effect
    guard effect != .limits else { return }
    let start = profile[key] == 0 ? 1 : profile[key]
    var hasMoved = false
    for policy in Self.policies {
      let before = try total(policy) { put(&$0, profile.setting(key, to: start)) }
      for factor in [1.1, 2, 0.5] {
        let value = min(
          max(start * factor, key.rule.range.lowerBound), key.rule.range.upperBound)
        let after = try total(policy) { put(&$0, profile.setting(key, to: value)) }
        let grows = (value > start) == (effect == .raises)
        let relative = after / before
        if relative != 1 { hasMoved = true }
        #expect(grows ? relative >= 1 : relative <= 1, "\(key) \(factor) \(policy): \(relative)")
        let most = max(value / start, start / value)
        #expect(relative <= most + 1e-9 && relative >= 1 / most - 1e-9, "\(key) \(policy)")
      }
    }
    #expect(hasMoved, "\(Key.kind).\(key) changes nothing anywhere")
  }

  static let policies = [
    "es256-1h-full", "rs256-1h-full", "es256-24h-full-4min", "es256-1h-full-ec", "es256-1h-resumed",
    "es256-1h-reauth",
    "mtls-daily", "es256-sleep-full", "sigv4-websocket", "https-es256-full", "https-sigv4-full",
  ]

  @Test(arguments: CoreFigure.allCases)
  func aCoreFigure(_ key: CoreFigure) throws {
    try check(key, of: try Self.bench().parts().core) { $0.core = $1 }
  }

  @Test(arguments: RadioFigure.allCases)
  func aRadioFigure(_ key: RadioFigure) throws {
    try check(key, of: try Self.bench().parts().radio) { $0.radio = $1 }
  }

  @Test(arguments: ExchangeFigure.allCases)
  func anExchangeFigure(_ key: ExchangeFigure) throws {
    try check(key, of: try Self.bench().parts().exchange) { $0.exchange = $1 }
  }

  @Test(arguments: SensorFigure.allCases)
  func aSensorFigure(_ key: SensorFigure) throws {
    // What the signal does counts for messages by threshold alone, and has a test of its own.
    guard ![.dailySwing, .hourlyNoise, .threshold].contains(key) else { return }
    try check(key, of: try Self.bench().parts().sensor) { $0.sensor = $1 }
  }

  /// Doubling a current exactly doubles what it causes, and nothing else.
  @Test func currentsAreProportional() throws {
    let bench = try Self.bench()
    let policy = try bench.policy("es256-1h-full")
    let before = try bench.assess(policy).load
    let core = try bench.assess(policy) {
      $0.core = $0.core.setting(.activeMilliamperes, to: 2 * $0.core[.activeMilliamperes])
    }.load
    for cause in [Cause.signing, .handshakeCompute, .symmetricCrypto] {
      let (old, new) = (before[cause].millijoules, core[cause].millijoules)
      #expect(isNear(new, 2 * old, within: 1e-9), "\(cause)")
    }
    for cause in [Cause.handshakeRadio, .dataRadio, .sleep, .flash] {
      #expect(core[cause] == before[cause], "\(cause)")
    }
    let clock = try bench.assess(policy) {
      $0.core = $0.core.setting(.frequencyMegahertz, to: 2 * $0.core[.frequencyMegahertz])
    }.load
    let (old, new) = (before[.signing].millijoules, clock[.signing].millijoules)
    #expect(isNear(new, old / 2, within: 1e-9))
    // A faster core also keeps the radio waiting for less.
    #expect(clock[.handshakeRadio].millijoules < before[.handshakeRadio].millijoules)
  }

  /// A battery's figures move its life as their rules say.
  @Test(arguments: BatteryFigure.allCases)
  func aBatteryFigure(_ key: BatteryFigure) throws {
    let effect = key.rule.effect
    guard effect != .limits else { return }
    var bench = try Self.bench()
    let isKinetic = key == .kineticAvailablePercent || key == .kineticRatePerHour
    bench.battery = isKinetic ? "18650" : "cr2032"
    bench.radio = bench.battery == "cr2032" ? "ble-gateway" : "ethernet"
    if key == .shelfLifeYears { bench.battery = "ls26500" }
    if key == .selfDischargePercentPerYear {
      bench.battery = "lipo-1350"
      bench.radio = "nb-iot-rai"
    }
    if key == .bufferLeakageMicroamperes {
      bench.battery = "ls26500-buffer"
      bench.radio = "nb-iot-rai"
    }
    let start = try base(key, of: bench.cell())
    func life(_ value: Double) throws -> Double {
      try bench.assess(bench.policy("es256-1h-full")) { _ in
      } battery: { cell in
        var cell = cell
        cell.curves["ohmsByChargePercent"] = nil
        if bench.battery == "18650" {
          cell = cell.setting(.kineticAvailablePercent, to: 30)
            .setting(.kineticRatePerHour, to: 0.05)
        }
        return cell.setting(key, to: value)
      }.lifeDays.lowerBound
    }
    let before = try life(start)
    #expect(before > 0)
    for factor in [0.8, 1.25] {
      let after = try life(min(start * factor, key.rule.range.upperBound))
      let lives = (factor > 1) == (effect == .lowers)
      #expect(lives ? after >= before : after <= before, "\(key) \(factor): \(before) \(after)")
      let hasRoom = start * factor <= key.rule.range.upperBound
      #expect(after != before || !hasRoom, "\(key) changes nothing")
    }
  }

  private func base(_ key: BatteryFigure, of cell: BatteryProfile) -> Double {
    switch key {
    case .kineticAvailablePercent: 30
    case .kineticRatePerHour: 0.05
    case .internalOhms: 30
    case .regulatorEfficiencyPercent: 75
    case .selfDischargePercentPerYear: 4
    case .cutOffVolts: 2.4
    default: cell[key]
    }
  }

  /// Twice the capacity is twice the life, where nothing but the charge counts.
  @Test func lifeIsProportionalToCapacity() throws {
    let bench = try Bench.thesis()
    let policy = try bench.policy("es256-1h-full", keepAlive: .some(nil))
    let one = try bench.assess(policy).lifeDays.lowerBound
    let two = try bench.assess(policy) { _ in
    } battery: {
      $0.setting(.capacityMilliampereHours, to: 600)
    }.lifeDays.lowerBound
    #expect(isNear(two, 2 * one, within: 0.002))
  }
}
