import Energy
import Testing

/// What a sensor makes a device send.
@Suite struct TrafficTests {
  private let bench: Bench

  init() throws { bench = try Bench() }

  @Test func periodicSendsEachMeasurement() throws {
    var plan = TrafficPlan()
    plan.measureSeconds = 900
    let traffic = try Traffic(plan: plan, sensor: sensor())
    #expect(traffic.measurementsPerHour == 4)
    #expect(traffic.messagesPerHour == 4)
    #expect(try traffic.payloadBytes == sensor()[.messageBytes] + sensor()[.readingBytes])
  }

  @Test func aBatchSavesMessagesAndHeaders() throws {
    var plan = TrafficPlan()
    plan.kind = .batch
    plan.measureSeconds = 300
    plan.batchCount = 12
    let traffic = try Traffic(plan: plan, sensor: sensor())
    #expect(traffic.measurementsPerHour == 12)
    #expect(isNear(traffic.messagesPerHour, 1, within: 1e-9))
    #expect(try traffic.payloadBytes == sensor()[.messageBytes] + 12 * sensor()[.readingBytes])
  }

  @Test func aThresholdSendsLessTheHigherItIsAndADayAtMostInSilence() throws {
    var plan = TrafficPlan()
    plan.kind = .threshold
    plan.measureSeconds = 600
    var last = Double.infinity
    for threshold in [0.1, 0.5, 2, 1e9] {
      let traffic = try Traffic(plan: plan, sensor: sensor().setting(.threshold, to: threshold))
      #expect(traffic.messagesPerHour < last)
      #expect(traffic.messagesPerHour <= 6)
      last = traffic.messagesPerHour
    }
    #expect(isNear(last, 1 / 24, within: 0.04), "one a day, and the first: \(last)")
  }

  @Test func aLivelierSignalSendsMore() throws {
    var plan = TrafficPlan()
    plan.kind = .threshold
    plan.measureSeconds = 600
    let calm = try Traffic(plan: plan, sensor: sensor().setting(.hourlyNoise, to: 0.01))
    let lively = try Traffic(plan: plan, sensor: sensor().setting(.hourlyNoise, to: 2))
    #expect(lively.messagesPerHour > 2 * calm.messagesPerHour)
    let flat = try Traffic(
      plan: plan, sensor: sensor().setting(.hourlyNoise, to: 0.01).setting(.dailySwing, to: 0))
    #expect(flat.messagesPerHour < calm.messagesPerHour)
  }

  @Test func theSeedDecides() throws {
    var plan = TrafficPlan()
    plan.kind = .threshold
    plan.measureSeconds = 600
    let one = try Traffic(plan: plan, sensor: sensor())
    #expect(try Traffic(plan: plan, sensor: sensor()) == one)
    plan.seed = 2
    #expect(try Traffic(plan: plan, sensor: sensor()) != one)
  }

  @Test(arguments: [
    (3_600.0, 1_200.0, 2.0), (3_600, 240, 14), (3_600, 3_600, 0), (3_600, 7_200, 0),
    (600, 1_200, 0), (1_800, 1_000, 2), (86_400, 1_200, 71.0 / 24),
  ])
  func pingsFillTheSilence(_ interval: Double, _ keepAlive: Double, _ pings: Double) throws {
    var plan = TrafficPlan()
    plan.measureSeconds = interval
    let traffic = try Traffic(plan: plan, sensor: sensor())
    #expect(isNear(traffic.pingsPerHour(keepAliveSeconds: keepAlive), pings, within: 1e-9))
  }

  private func sensor() throws -> SensorProfile { try bench.parts().sensor }
}
