import Results

/// Where the devices of one thread leave what they did.
final class Recorder {
  var result: FleetResult

  init(durationMilliseconds: UInt64) {
    result = FleetResult()
    result.series = Series(durationMilliseconds: durationMilliseconds)
  }

  func count(_ invariant: Invariant) { result.checked[invariant.rawValue, default: 0] += 1 }
}
