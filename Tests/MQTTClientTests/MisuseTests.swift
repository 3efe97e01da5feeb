import MQTTClient
import Testing
import Units
import Wire

/// Our own mistakes trap at once.
@Suite struct MisuseTests {
  @Test func sendingMoreThanThereIsTraps() async {
    await #expect(processExitsWith: .failure) {
      var client = MQTTClient()
      client.sent(1, now: Instant(milliseconds: 1))
    }
  }

  @Test func receivingWithoutAConnectionTraps() async {
    await #expect(processExitsWith: .failure) {
      var client = MQTTClient()
      client.received(1, now: Instant(milliseconds: 1))
    }
  }

  @Test func receivingMoreThanThereIsSpaceForTraps() async {
    await #expect(processExitsWith: .failure) {
      let bench = Bench()
      bench.connect()
      bench.client.received(1_025, now: bench.instant)
    }
  }

  @Test func publishingWithQoS2Traps() async {
    await #expect(processExitsWith: .failure) {
      var client = MQTTClient()
      let topic: [UInt8] = [0x61]
      _ = try client.publish(topic: topic.span, payload: topic.span, quality: .exactlyOnce)
    }
  }

  @Test func subscribingWithQoS2Traps() async {
    await #expect(processExitsWith: .failure) {
      var client = MQTTClient()
      let filter: [UInt8] = [0x61]
      _ = try client.subscribe(filter.span, quality: .exactlyOnce)
    }
  }

  @Test func discardingTheSessionOfAConnectionTraps() async {
    await #expect(processExitsWith: .failure) {
      let bench = Bench()
      bench.startConnect()
      bench.client.discardSession()
    }
  }
}
