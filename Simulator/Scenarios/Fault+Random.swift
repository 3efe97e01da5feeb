import Units

extension Fault {
  /// A fault of a kind at random moments, for devices by themselves, as `--fault` adds it.
  ///
  /// It comes about four times in the run, once a day at the least; it lasts seconds or minutes,
  /// and never longer than it is apart from the next.
  public static func random(
    _ kind: Kind, probability: Double, within duration: Interval
  ) -> Fault {
    let quarter = Interval(milliseconds: duration.milliseconds / 4)
    let mean = max(min(quarter, Interval(seconds: 86_400)), Interval(seconds: 1))
    let usual: ClosedRange<Interval> =
      switch kind {
      case .bitRot, .badBlock, .wearOut: Interval(seconds: 1)...Interval(seconds: 1)
      case .powerCut, .brownOut: Interval(seconds: 1)...Interval(seconds: 60)
      case .timeOutage, .timeStep, .timeDrift, .timeSpoof, .kissOfDeath, .entropyLoss:
        Interval(seconds: 60)...Interval(seconds: 3_600)
      default: Interval(seconds: 10)...Interval(seconds: 900)
      }
    return Fault(
      kind, .random(meanBetween: mean),
      lasts: min(usual.lowerBound, mean)...min(usual.upperBound, mean),
      scope: .device(probability: probability))
  }
}
