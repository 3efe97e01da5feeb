import Jitter
import Testing

@testable import Cloud

@Suite struct ReceivedLogTests {
  @Test func ascending() {
    var log = ReceivedLog()
    for number: UInt64 in 1...1_000 { log.record(number) }
    #expect(log.ranges == [1...1_000])
    #expect(log.count == 1_000)
    #expect(log.missing(in: 1...1_000).isEmpty)
    #expect(log.missing(in: 0...1_001) == [0...0, 1_001...1_001])
    #expect((log.duplicates, log.outOfOrder) == (0, 0))
  }

  @Test func gapsAreFilledInAnyOrder() {
    var log = ReceivedLog()
    for number: UInt64 in [5, 1, 3, 9, 2, 8, 4] { log.record(number) }
    #expect(log.ranges == [1...5, 8...9])
    #expect(log.outOfOrder == 5)
    #expect(log.missing(in: 1...10) == [6...7, 10...10])
    #expect(log.missing(in: 2...4).isEmpty)
    #expect(log.missing(in: 6...6) == [6...6])
    #expect(log.contains(8) && !log.contains(7) && !log.contains(10))
    log.record(3)
    log.record(9)
    #expect(log.duplicates == 2)
    #expect(log.count == 7)
  }

  @Test func everyOrderGivesTheSame() {
    var generator = SplitMix64(seed: 7)
    let numbers = (0..<200).map { _ in UInt64.random(in: 0...150, using: &generator) }
    let expected = Set(numbers)
    for _ in 0..<20 {
      var log = ReceivedLog()
      for number in numbers.shuffled(using: &generator) { log.record(number) }
      #expect(Set(log.ranges.flatMap { Array($0) }) == expected)
      #expect(log.count == expected.count)
      #expect(log.duplicates == numbers.count - expected.count)
      for number: UInt64 in 0...151 {
        #expect(log.contains(number) == expected.contains(number))
        #expect(log.missing(in: number...number).isEmpty == expected.contains(number))
      }
    }
  }

  @Test func extremes() {
    var log = ReceivedLog()
    log.record(.max)
    log.record(0)
    log.record(.max - 1)
    #expect(log.ranges == [0...0, (.max - 1)...(.max)])
    #expect(log.missing(in: 0 ... .max) == [1...(.max - 2)])
  }

  @Test(
    arguments: [
      (#"{"n":123,"t":1}"#, 123),
      (#"{"n":0}"#, 0),
      (#" { "n" : 7 }"#, 7),
      (#"{"n":18446744073709551615}"#, .max),
      (#"{"n":18446744073709551616}"#, nil),
      (#"{"n":-1}"#, nil),
      (#"{"n":"1"}"#, nil),
      (#"{"m":1,"n":2}"#, nil),
      ("123", nil),
      ("", nil),
    ] as [(String, UInt64?)])
  func numbers(payload: String, number: UInt64?) {
    #expect(ReceivedLog.number(of: payload.utf8) == number)
    var log = ReceivedLog()
    log.record(payload: payload.utf8)
    #expect(log.unnumbered == (number == nil ? 1 : 0))
  }
}
