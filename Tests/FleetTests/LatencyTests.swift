import Fleet
import Testing

@Suite struct LatencyTests {
  @Test("Histograms of parts add up to that of the whole, to the last count")
  func adding() {
    var whole = Latency()
    var parts = [Latency](repeating: Latency(), count: 3)
    var value: UInt64 = 1
    for number in 0..<3_000 {
      // From microseconds to beyond two minutes, by a generator that anybody can repeat.
      value = value &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let microseconds = (value >> 33) % 200_000_000 >> (value % 20)
      whole.record(microseconds: microseconds)
      parts[number % 3].record(microseconds: microseconds)
    }
    var sum = Latency()
    for part in parts { sum.add(part) }
    #expect(sum.count == 3_000)
    #expect(sum.count == whole.count)
    #expect(sum.sum == whole.sum)
    #expect(sum.maximum == whole.maximum)
    for percent in [0, 1, 50, 90, 99, 99.9, 100] {
      #expect(sum.percentile(percent) == whole.percentile(percent))
    }
    for bound in FleetMetrics.bounds {
      #expect(sum.count(atMost: bound * 1_000) == whole.count(atMost: bound * 1_000))
    }
  }

  @Test("A thousandth is kept, from a microsecond to two minutes")
  func precision() {
    for microseconds: UInt64 in [0, 1, 7, 999, 44_000, 1_000_001, 65_500_000, 120_000_000] {
      var latency = Latency()
      latency.record(microseconds: microseconds)
      let found = latency.percentile(50)
      #expect(found <= microseconds)
      #expect(microseconds - found <= microseconds / 1_000)
      #expect(latency.count(atMost: microseconds) == 1)
    }
  }

  @Test("What takes longer than two minutes is counted, with its length in sum and maximum")
  func beyond() {
    var latency = Latency()
    latency.record(microseconds: 1_000)
    latency.record(microseconds: 500_000_000)
    #expect(latency.count == 2)
    #expect(latency.maximum == 500_000_000)
    #expect(latency.sum == 500_001_000)
    #expect(latency.percentile(50) == 1_000)
    #expect(latency.percentile(99) == Latency.highest)
    #expect(latency.count(atMost: .max) == 1)
  }

  @Test("Nothing measured is no time at all")
  func nothing() {
    #expect(Latency().count == 0)
    #expect(Latency().percentile(99) == 0)
    #expect(Latency().maximum == 0)
    #expect(Latency().count(atMost: 1) == 0)
  }

  @Test("Every phase has a histogram of its own", arguments: LatencyPhase.allCases)
  func phases(phase: LatencyPhase) {
    var latencies = Latencies()
    latencies.record(phase, nanoseconds: 5_000_000)
    var sum = latencies
    sum.add(latencies)
    for other in LatencyPhase.allCases {
      #expect(latencies[other].count == (other == phase ? 1 : 0))
      #expect(sum[other].count == (other == phase ? 2 : 0))
    }
    #expect(latencies[phase].maximum == 5_000)
  }
}
