import Jitter
import Results
import Scenarios

/// Results of fleets that nobody ran, as varied as real ones.
struct RandomResults {
  var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func number(_ most: UInt64 = 1_000_000) -> UInt64 {
    .random(in: 0...most, using: &generator)
  }

  private mutating func histogram() -> Histogram {
    var histogram = Histogram()
    for _ in 0..<number(30) { histogram.record(number(1 << number(30))) }
    return histogram
  }

  private mutating func tally(_ names: [String]) -> [String: UInt64] {
    names.reduce(into: [:]) { if number(2) > 0 { $0[$1] = number(5) } }
  }

  /// What one device did.
  mutating func device(_ index: Int, seed: UInt64, bins: Series) -> FleetResult {
    var result = FleetResult()
    result.devices = 1
    result.deviceMilliseconds = number()
    result.events = number()
    result.digest.add(generator.next())
    for path in [
      \FleetResult.messages.accepted, \.messages.refused, \.messages.dropped,
      \.messages.acknowledged, \.messages.delivered, \.messages.duplicated, \.messages.lost,
      \.messages.waiting, \.connects.attempted, \.connects.full, \.connects.resumed,
      \.connects.refused, \.connects.failed, \.tokens.signed, \.tokens.refused,
      \.tokens.renewals, \.time.synchronizations, \.time.rejections,
      \.time.largestErrorMilliseconds, \.flash.bytesProgrammed, \.flash.blocksErased,
      \.flash.mostErasures, \.flash.corrupted, \.resets, \.deaths,
    ] { result[keyPath: path] = number() }
    result.faults = tally(["power-cut", "latency", "loss"])
    result.failures = tally(["refused: \"no\"", "time-out"])
    result.energyNanojoules = tally(["signing", "sleep"])
    result.checked = tally(["one", "two"])
    for path in [
      \FleetResult.connectTime, \.deliveryTime, \.offlineTime, \.backOffTime, \.batteryLife,
    ] { result[keyPath: path] = histogram() }
    result.series = bins
    for path in [\Series.attempts, \.connects, \.tokens, \.deaths] {
      for _ in 0..<number(5) { result.series.count(path, atMilliseconds: number(10_000_000)) }
    }
    if number(3) == 0 {
      result.broken = ["one": 2]
      for _ in 0..<2 {
        result.breaches.append(
          Breach(
            invariant: "one", seed: seed, device: index, atMilliseconds: number(50),
            detail: "found \"\(number(9))\""))
      }
    }
    return result
  }

  /// The devices of a scenario, each seed's one after the other.
  mutating func devices(of scenario: Scenario, seeds: ClosedRange<UInt64>) -> [[FleetResult]] {
    let bins = Series(durationMilliseconds: scenario.duration.milliseconds)
    return seeds.map { seed in
      (0..<scenario.deviceCount).map { device($0, seed: seed, bins: bins) }
    }
  }
}
