import Testing

@testable import Energy

/// What is counted event by event has to agree with what is computed on average.
@Suite struct MeterTests {
  /// A device that sends a message an hour over a kept connection, for some hours.
  private func run(
    _ bench: Bench, hours: UInt64
  ) throws -> (EnergyMeter, EnergyPrices, HourlyLoad) {
    let parts = try bench.parts()
    let policy = try bench.policy("es256-1h-full", keepAlive: 1_200)
    let prices = EnergyPrices(parts: parts, signing: .es256Sign, serverChain: .rsa)
    var meter = EnergyMeter()
    for hour in 0..<hours {
      let start = hour * 3_600_000
      meter.measure(prices)
      exchange(&meter, start, send: 60 + 64, receive: 33, .dataRadio, prices)
      meter.work(prices.packet, for: .symmetricCrypto)
      for minute in [20, 40] as [UInt64] {
        meter.work(prices.packet, for: .keepAlive)
        exchange(&meter, start + minute * 60_000, send: 31, receive: 31, .keepAlive, prices)
      }
      let renewal = start + 3_000_000
      meter.work(prices.signature, for: .signing)
      meter.shakeHands(prices.fullHandshake, prices)
      exchange(&meter, renewal, send: 20, receive: 20, .handshakeRadio, prices)
      exchange(&meter, renewal, send: 20, receive: 20, .handshakeRadio, prices)
      exchange(&meter, renewal, send: 126, receive: 2_887, .handshakeRadio, prices)
      exchange(&meter, renewal, send: 126, receive: 60, .handshakeRadio, prices)
      exchange(&meter, renewal, send: 329, receive: 33, .handshakeRadio, prices)
    }
    meter.settle(at: hours * 3_600_000, prices)
    let traffic = TrafficBand(plan: bench.plan, sensor: parts.sensor)[.middle]
    let load = LoadModel(parts: parts, policy: policy, traffic: traffic, bound: .middle).load
    return (meter, prices, load)
  }

  /// The average knows no time between the packets of an exchange but the radio's own.
  private func exchange(
    _ meter: inout EnergyMeter, _ now: UInt64, send sent: Int, receive received: Int,
    _ cause: Cause, _ prices: EnergyPrices
  ) {
    meter.send(sent, at: now, for: cause, prices)
    meter.receive(received, at: now, for: cause, prices)
  }

  @Test(arguments: ["nb-iot-rai", "lte-m-psm", "ble-gateway", "ethernet"])
  func agreesWithTheAverage(_ radio: String) throws {
    var bench = try Bench()
    bench.radio = radio
    bench.plan.payloadBytes = 64
    let hours: UInt64 = 500
    let (meter, _, load) = try run(bench, hours: hours)
    let causes: [Cause] = [
      .signing, .handshakeCompute, .symmetricCrypto, .handshakeRadio, .dataRadio, .keepAlive,
      .sensor, .sleep,
    ]
    for cause in causes {
      let counted = Double(meter.nanojoules(cause)) / 1e6 / Double(hours)
      let computed = load[cause].millijoules
      // The model books bare acknowledgements that this exchange leaves out.
      #expect(abs(counted - computed) <= 0.06 * computed, "\(cause): \(counted), \(computed)")
    }
  }

  @Test func addsUp() throws {
    let (meter, _, _) = try run(try Bench(), hours: 10)
    let sum = Cause.allCases.reduce(0) { $0 + meter.nanojoules($1) }
    #expect(sum == meter.total)
    #expect(Cause.allCases.map(\.index) == Array(0..<10))
  }

  @Test func wakesTheRadioOnceForWhatBelongsTogether() throws {
    let parts = try Bench().parts()
    let prices = EnergyPrices(parts: parts, signing: .es256Sign, serverChain: .rsa)
    var meter = EnergyMeter()
    meter.send(100, at: 0, for: .dataRadio, prices)
    let first = meter.nanojoules(.dataRadio)
    meter.send(100, at: 0, for: .dataRadio, prices)
    #expect(meter.nanojoules(.dataRadio) - first < first - prices.radio.wake + 10)
  }

  @Test func batteryLastsAsLongAsUnderTheAverage() throws {
    var bench = try Bench.thesis(radio: "nb-iot-rai")
    bench.plan.payloadBytes = 536
    let parts = try bench.parts()
    let policy = try bench.policy("es256-1h-full", keepAlive: .some(nil))
    let cell = try bench.cell()
    let (meter, prices, _) = try run(bench, hours: 24)
    let demand = Demand(
      LoadModel(
        parts: parts, policy: policy,
        traffic: TrafficBand(plan: bench.plan, sensor: parts.sensor)[.middle], bound: .middle))
    let expected = BatteryLife(demand, battery: cell, celsius: 20, bound: .middle)
    // Both are fed the same energy a day.
    let share = Double(meter.total) / 24e6 / demand.load.total.millijoules
    var battery = VirtualBattery(cell, celsius: 20, spreadPercent: 0, prices: prices)
    #expect(battery.objection(prices) == nil)
    var days = 0
    var day = EnergyMeter()
    while days < 5_000 {
      day.add(meter)
      days += 1
      if battery.serve(day, for: 24 * share, prices) != nil { break }
    }
    let life = Double(days) * share
    #expect(abs(life - expected.days) < 0.03 * expected.days, "\(life), \(expected.days)")
  }
}
