import Bytes
import Jitter
import Metering
import Platform
import Testing
import Units

@Suite struct StateTimesTests {
  private let states: [PowerState] = [.sleep, .active, .sign, .handshake, .flash, .sensor]

  @Test func countsTheTimeBetweenChanges() {
    var times = StateTimes(at: Instant(milliseconds: 100))
    times.enter(.sign, at: Instant(milliseconds: 110))
    times.enter(.handshake, at: Instant(milliseconds: 360))
    times.enter(.sleep, at: Instant(milliseconds: 1_000))
    #expect(times.state == .sleep)
    #expect(times.time(in: .active) == Interval(milliseconds: 10))
    #expect(times.time(in: .sign) == Interval(milliseconds: 250))
    #expect(times.time(in: .handshake) == Interval(milliseconds: 640))
    #expect(times.time(in: .sleep) == .zero)
    times.count(until: Instant(milliseconds: 5_000))
    times.count(until: Instant(milliseconds: 5_000))
    #expect(times.time(in: .sleep) == Interval(milliseconds: 4_000))
    #expect(times.total == Interval(milliseconds: 4_900))
  }

  @Test func aClockThatGoesBackAddsNothing() {
    var times = StateTimes(at: Instant(milliseconds: 1_000), in: .sleep)
    times.enter(.active, at: Instant(milliseconds: 400))
    times.enter(.sleep, at: Instant(milliseconds: 1_500))
    #expect(times.total == Interval(milliseconds: 500))
    #expect(times.time(in: .active) == Interval(milliseconds: 500))
  }

  @Test(arguments: [1, 2, 3])
  func theSumIsTheTimeThatPassed(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var now = Instant(milliseconds: 77)
    var times = StateTimes(at: now)
    for _ in 0..<10_000 {
      now = now + Interval(milliseconds: random.next() % 1_000_000)
      times.enter(states[Int(random.next() % 6)], at: now)
    }
    #expect(times.total == now.since(Instant(milliseconds: 77)))
  }

  @Test func aSumThatWouldOverflowStaysAtItsLargest() {
    var times = StateTimes(at: Instant(milliseconds: 0), in: .sleep)
    times.enter(.active, at: Instant(milliseconds: .max))
    #expect(times.time(in: .sleep) == Interval(milliseconds: .max))
    #expect(times.total == Interval(milliseconds: .max))
  }

  /// A published example: version 1, six states, 300 ms asleep, 1 ms active, the rest zero.
  @Test func theRecordHasTheDocumentedForm() throws {
    var times = StateTimes(at: Instant(milliseconds: 0), in: .sleep)
    times.enter(.active, at: Instant(milliseconds: 300))
    times.count(until: Instant(milliseconds: 301))
    #expect(try record(of: times) == [1, 6, 0xAC, 0x02, 1, 0, 0, 0, 0])
  }

  @Test func aDayOfHourlyTokensTakes18Bytes() throws {
    var times = StateTimes(at: Instant(milliseconds: 0), in: .sleep)
    times.enter(.sign, at: Instant(milliseconds: 86_300_000))
    times.enter(.handshake, at: Instant(milliseconds: 86_306_000))
    times.enter(.active, at: Instant(milliseconds: 86_330_000))
    times.enter(.flash, at: Instant(milliseconds: 86_331_500))
    times.enter(.sensor, at: Instant(milliseconds: 86_333_500))
    times.enter(.sleep, at: Instant(milliseconds: 86_400_000))
    #expect(try record(of: times).count == 18)
  }

  @Test func roundTrip() throws {
    var random = SplitMix64(seed: 9)
    for round in 0..<500 {
      var now = Instant(milliseconds: 0)
      var times = StateTimes(at: now, in: states[round % 6])
      for index in 0..<6 {
        now = now + Interval(milliseconds: random.next() >> (8 + random.next() % 56))
        times.enter(states[(round + index + 1) % 6], at: now)
      }
      let bytes = try record(of: times)
      let read = try parse(bytes)
      for state in states { #expect(read.time(in: state) == times.time(in: state)) }
    }
  }

  @Test func everyTruncationIsRefused() throws {
    var times = StateTimes(at: Instant(milliseconds: 0), in: .sleep)
    times.enter(.sign, at: Instant(milliseconds: 1_000_000_000_000))
    times.count(until: Instant(milliseconds: .max))
    let bytes = try record(of: times)
    for length in 0..<bytes.count {
      #expect(throws: StateTimesMalformed.truncated) { try parse(Array(bytes.prefix(length))) }
    }
    #expect(throws: StateTimesMalformed.tooLong) { try parse(bytes + [0]) }
  }

  @Test func hostileRecordsAreRefused() {
    #expect(throws: StateTimesMalformed.version(2)) { try parse([2, 6, 0, 0, 0, 0, 0, 0]) }
    #expect(throws: StateTimesMalformed.tooManyStates(7)) { try parse([1, 7] + Array(0..<7)) }
    let groups = [UInt8](repeating: 255, count: 9)
    #expect(throws: StateTimesMalformed.numberTooLarge) { try parse([1, 1] + groups + [2]) }
    #expect(throws: StateTimesMalformed.numberTooLarge) { try parse([1, 1] + groups + [255, 0]) }
    #expect((try? parse([1, 1] + groups + [1]))?.time(in: .sleep).milliseconds == .max)
  }

  @Test func everyCorruptionOfOneByteIsReadOrRefused() throws {
    var times = StateTimes(at: Instant(milliseconds: 0), in: .sleep)
    times.enter(.sign, at: Instant(milliseconds: 86_300_000))
    times.count(until: Instant(milliseconds: 86_400_000))
    let bytes = try record(of: times)
    for index in bytes.indices {
      for value in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = value
        _ = try? parse(changed)
      }
    }
  }

  @Test func aPayloadWithoutRoomStaysAsItWas() throws {
    let times = StateTimes(at: Instant(milliseconds: 0))
    var small = FixedBytes<10>()
    try small.append(1)
    try small.append(2)
    try small.append(3)
    #expect(throws: Overflow.self) { try times.append(to: &small) }
    #expect(small.count == 3)
  }

  private func record(of times: StateTimes) throws -> [UInt8] {
    var payload = FixedBytes<62>()
    try times.append(to: &payload)
    let span = payload.span
    return span.indices.map { span[$0] }
  }

  private func parse(_ bytes: [UInt8]) throws -> StateTimes { try StateTimes.parse(bytes.span) }
}
