import Energy
import Testing

/// A pairing that does not work gives a sentence that says why, never years of life.
@Suite struct PairingTests {
  private func objection(
    _ change: (inout Bench) -> Void, policy: String = "es256-1h-full",
    parts: (inout DeviceParts) -> Void = { _ in },
    battery: (BatteryProfile) -> BatteryProfile = { $0 }
  ) throws -> String? {
    var bench = try Bench()
    change(&bench)
    let row = try bench.assess(bench.policy(policy), change: parts, battery: battery)
    if row.objection != nil { #expect(row.lifeDays == 0...0) }
    return row.objection
  }

  @Test(arguments: ["nb-iot-rai", "lte-m-psm", "wifi-esp32", "wifi-esp32c3", "ethernet"])
  func aCoinCellCannotFeedABurst(_ radio: String) throws {
    let text = try #require(
      try objection {
        $0.radio = radio
        $0.battery = "cr2032"
      })
    #expect(text.contains("pulses of at most 15 mA") && text.contains("CR2032"), "\(text)")
  }

  @Test func aCoinCellFeedsBluetooth() throws {
    let text = try objection {
      $0.radio = "ble-gateway"
      $0.battery = "cr2032"
    }
    #expect(text == nil)
  }

  @Test func theCapacitorThatIsAskedForIsEnough() throws {
    let text = try #require(
      try objection {
        $0.radio = "nb-iot-rai"
        $0.battery = "ls26500"
      })
    let match = try #require(text.firstMatch(of: /capacitor of (\d+) mF/))
    let millifarads = try #require(Double(match.1))
    func with(_ size: Double) throws -> String? {
      try objection {
        $0.radio = "nb-iot-rai"
        $0.battery = "ls26500"
      } battery: {
        $0.setting(.bufferMillifarads, to: size)
      }
    }
    #expect(try with(millifarads) == nil)
    let small = try #require(try with(millifarads / 20))
    #expect(small.contains("would draw the capacitor"), "\(small)")
  }

  @Test func theVoltageUnderLoadCounts() throws {
    let text = try #require(
      try objection {
        $0.radio = "ble-gateway"
        $0.battery = "cr2032"
      } battery: {
        var cell = $0
        cell.curves["ohmsByChargePercent"] = nil
        return cell.setting(.internalOhms, to: 150)
      })
    #expect(text.contains("would fall to"), "\(text)")
  }

  @Test func tooFewCells() throws {
    let text = try #require(
      try objection {
        $0.radio = "nb-iot-rai"
        $0.battery = "2xaa-alkaline"
      } battery: {
        var cell = $0
        cell.curves["voltsByChargePercent"] = Curve(
          [.init(x: 0, y: 1.6), .init(x: 100, y: 2.8)], standing: .measured, source: "the test")
        return cell
      })
    #expect(text.contains("needs 3 V") && text.contains("in series"), "\(text)")
  }

  @Test func theMeanCurrentHasALimit() throws {
    let text = try #require(
      try objection {
        $0.radio = "ethernet"
        $0.battery = "er10450"
      } battery: {
        $0.setting(.pulseLimitMilliamperes, to: 10_000).setting(.cutOffVolts, to: 1)
          .setting(.continuousLimitMilliamperes, to: 25)
      })
    #expect(text.contains("25 mA") || text.contains("would fall"), "\(text)")
    let mean = try #require(
      try objection {
        $0.radio = "ethernet"
        $0.battery = "18650"
      } battery: {
        $0.setting(.continuousLimitMilliamperes, to: 100)
      })
    #expect(mean.contains("for long") && mean.contains("100 mA"), "\(mean)")
  }

  @Test func anEmptyBattery() throws {
    let text = try #require(
      try objection {
        $0.radio = "ethernet"
        $0.battery = "18650"
      } battery: {
        $0.setting(.capacityMilliampereHours, to: 20)
      })
    #expect(text.contains("is empty after") && text.contains("before the first message"), "\(text)")
  }

  @Test func anImpossibleDutyCycle() throws {
    let text = try #require(
      try objection {
        $0.radio = "lte-m-psm"
        $0.plan.measureSeconds = 10
      })
    #expect(text.contains("in every hour of 3600"), "\(text)")
    let slow = try #require(
      try objection(
        {
          $0.radio = "wifi-esp32"
          $0.battery = "18650"
          $0.plan.measureSeconds = 60
        }, policy: "https-es256-full",
        parts: { $0.core = $0.core.setting(.frequencyMegahertz, to: 0.5) }))
    #expect(slow.contains("faster core"), "\(slow)")
  }

  @Test func theTemperatureHasLimits() throws {
    let text = try #require(try objection { $0.celsius = -30 })
    #expect(text.contains("-20 to 54 degrees"), "\(text)")
    #expect(try objection { $0.celsius = -10 } == nil)
  }

  @Test func coldShortensLife() throws {
    var lives: [Double] = []
    for celsius in [-15.0, 0, 20] {
      var bench = try Bench()
      bench.celsius = celsius
      lives.append(try bench.assess(bench.policy("es256-1h-full")).lifeDays.lowerBound)
    }
    #expect(lives == lives.sorted() && lives[0] < lives[2] * 0.7, "\(lives)")
  }

  @Test func warmthSpeedsSelfDischarge() throws {
    func life(_ celsius: Double) throws -> Double {
      var bench = try Bench()
      bench.battery = "lipo-1350"
      bench.celsius = celsius
      return try bench.assess(bench.policy("mtls-kept")).lifeDays.lowerBound
    }
    #expect(try life(45) < 0.9 * life(20))
  }
}
