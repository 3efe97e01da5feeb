import DataFiles
import Energy
import Foundation
import Metering
import Platform
import Testing
import Units

/// Times in states that a device counted, turned into charge.
@Suite struct StateChargeTests {
  @Test func eachStateTakesItsCurrent() throws {
    let parts = try Bench().parts()
    let times = try record([3_590_000, 2_000, 3_000, 4_000, 500, 500])
    let charge = StateCharge(times, core: parts.core, sensor: parts.sensor)
    #expect(charge.seconds == 3_600)
    let lines = Dictionary(uniqueKeysWithValues: charge.lines.map { ($0.state, $0) })
    // 3.3 mA at work, 3 µA and 0.08 µA asleep, 7.3 mA for flash, 0.32 mA more for the sensor.
    #expect(isNear(lines["active"]?.millicoulombs ?? 0, 2 * 3.3, within: 1e-9))
    #expect(isNear(lines["sign"]?.millicoulombs ?? 0, 3 * 3.3, within: 1e-9))
    #expect(isNear(lines["handshake"]?.millijoules ?? 0, 4 * 3.3 * 3, within: 1e-9))
    #expect(isNear(lines["sleep"]?.millicoulombs ?? 0, 3_590 * 0.00308, within: 1e-9))
    #expect(isNear(lines["flash"]?.millicoulombs ?? 0, 0.5 * 7.3, within: 1e-9))
    #expect(isNear(lines["sensor"]?.millicoulombs ?? 0, 0.5 * 3.62, within: 1e-9))
    let sum = charge.lines.reduce(0) { $0 + $1.millijoules }
    #expect(isNear(charge.millijoulesPerHour, sum, within: 1e-9))
  }

  /// What the model says and what a device that does the same counts must agree.
  @Test func theModelAndACountingDeviceAgree() throws {
    let bench = try Bench()
    let load = try bench.assess(bench.policy("es256-1h-full")).load
    let parts = try bench.parts()
    let perSecond = parts.core[.activeMilliamperes] * parts.core[.supplyVolts]
    let sign = load[.signing].millijoules / perSecond
    let handshake = load[.handshakeCompute].millijoules / perSecond
    // A hundred days, so that milliseconds are fine enough.
    let counted = try record([
      UInt64((3_600 - sign - handshake) * 2_400_000), 0, UInt64(sign * 2_400_000),
      UInt64(handshake * 2_400_000), 0, 0,
    ])
    let charge = StateCharge(counted, core: parts.core, sensor: parts.sensor)
    let lines = Dictionary(uniqueKeysWithValues: charge.lines.map { ($0.state, $0) })
    #expect(
      isNear((lines["sign"]?.millijoules ?? 0) / 2_400, load[.signing].millijoules, within: 0.001))
    #expect(
      isNear(
        (lines["handshake"]?.millijoules ?? 0) / 2_400, load[.handshakeCompute].millijoules,
        within: 0.001))
  }

  @Test func aFileHasBytesOrLinesOfDigits() throws {
    let bytes: [UInt8] = [1, 6, 0xAC, 0x02, 1, 0, 0, 0, 0]
    let raw = try StateTimesFile.read(Data(bytes), file: "times.bin")
    #expect(raw.time(in: .sleep) == Interval(milliseconds: 300))
    let text = "0106ac020100000000\n\n01 06 BC 02 02 00 00 00 00\n"
    let last = try StateTimesFile.read(Data(text.utf8), file: "times.txt")
    #expect(last.time(in: .sleep) == Interval(milliseconds: 316))
    #expect(last.time(in: .active) == Interval(milliseconds: 2))
  }

  @Test func aShorterRecordBeginsANewBoot() throws {
    let text = "0106ac020100000000\n01060a0500000000\n01060b0600000000\n"
    let times = try StateTimesFile.read(Data(text.utf8), file: "times.txt")
    #expect(times.time(in: .sleep) == Interval(milliseconds: 311))
    #expect(times.time(in: .active) == Interval(milliseconds: 7))
  }

  @Test(arguments: [
    ("hello", ":1: "), ("0106\n", ":1: "), ("\n\n", "no record"), ("0206", "version"),
    ("0106ac020100000000\nxx", ":2: "), ("010", ":1: "),
  ])
  func aWrongFileIsNamed(_ text: String, _ says: String) {
    let error = #expect(throws: DataError.self) {
      try StateTimesFile.read(Data(text.utf8), file: "t.txt")
    }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  /// A record of milliseconds in sleep, active, sign, handshake, flash and sensor.
  private func record(_ milliseconds: [UInt64]) throws -> StateTimes {
    var now = Instant(milliseconds: 0)
    var times = StateTimes(at: now, in: .sleep)
    for (index, state) in [PowerState.sleep, .active, .sign, .handshake, .flash, .sensor]
      .enumerated()
    {
      times.enter(state, at: now)
      now = now + Interval(milliseconds: milliseconds[index])
    }
    times.count(until: now)
    return times
  }
}
