import Jitter
import Results
import Testing

/// Histograms count exactly, add exactly, and are wrong by a thirty-second at most.
@Suite struct HistogramTests {
  @Test func everyValueLiesInItsBin() {
    var generator = SplitMix64(seed: 1)
    var values: [UInt64] = Array(0...200) + [.max, .max - 1]
    for _ in 0..<2_000 { values.append(generator.next() >> UInt64.random(in: 0...63)) }
    for value in values {
      let bin = Histogram.bin(of: value)
      #expect(value <= Histogram.highest(in: bin))
      if bin > 0 { #expect(value > Histogram.highest(in: bin - 1)) }
      #expect(Histogram.highest(in: bin) - value <= value / 32)
    }
  }

  @Test func percentilesAreThoseOfTheSortedValues() {
    var generator = SplitMix64(seed: 2)
    var histogram = Histogram()
    var values: [UInt64] = []
    for _ in 0..<999 {
      let value = UInt64.random(in: 0...100_000, using: &generator)
      values.append(value)
      histogram.record(value)
    }
    values.sort()
    for percent in [0.1, 1, 5, 50, 90, 99, 99.9, 100] {
      let rank = max(1, Int((999 * percent / 100).rounded(.up)))
      let exact = values[rank - 1]
      let told = histogram.percentile(percent)
      #expect(told >= exact && told - exact <= exact / 32 + 1, "\(percent) %")
    }
    #expect(histogram.largest == values.last)
    #expect(Histogram().percentile(50) == 0)
  }

  @Test func seriesHaveABound() {
    var series = Series(durationMilliseconds: 1_000)
    series.count(\.attempts, atMilliseconds: .max)
    #expect(series.attempts.count == Series.binCountMaximum)
    for (length, width) in [
      (7_200_000, 1_000), (86_400_000, 20_000), (3_155_760_000_000, 604_800_000),
    ] as [(UInt64, UInt64)] {
      let bins = Series(durationMilliseconds: length)
      #expect(bins.binMilliseconds == width)
      #expect(length / bins.binMilliseconds <= 7_200)
    }
  }
}
