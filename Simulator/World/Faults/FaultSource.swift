import Jitter
import Scenarios

/// One fault of a scenario as it strikes one device: one period of it after the other.
struct FaultSource {
  /// What goes wrong.
  let kind: Fault.Kind
  /// How strong it is.
  let strength: Double
  /// The present period, or the next one; both `max` when there is none any more.
  private(set) var start: UInt64 = 0
  private(set) var end: UInt64 = 0
  /// The present period has been noticed.
  var isNoticed = false

  private var random: SplitMix64
  private let schedule: Fault.Schedule
  private let shortest: UInt64
  private let longest: UInt64
  /// When all faults are over.
  private let limit: UInt64
  /// The moment for which the next period is planned, for those that come at fixed times.
  private var planned: UInt64

  /// The fault number `number` of a run for a device; nil if the device is spared.
  init?(_ fault: Fault, number: Int, seed: UInt64, device: UInt64, limit: UInt64) {
    var stream = UInt64.max
    if case .device(let probability) = fault.scope {
      stream = device
      var lot = Draw.stream(seed, device, .faults, number: UInt64(number) | 1 << 32)
      guard lot.happens(probability) else { return nil }
    }
    random = Draw.stream(seed, stream, .faults, number: UInt64(number))
    kind = fault.kind
    strength = fault.strength ?? fault.kind.usualStrength
    schedule = fault.schedule
    shortest = max(1, fault.lasts.lowerBound.milliseconds)
    longest = max(shortest, fault.lasts.upperBound.milliseconds)
    self.limit = limit
    planned = 0
    if case .at(let moment, _) = fault.schedule { planned = moment.milliseconds }
    advance()
  }

  /// Goes on to the next period.
  mutating func advance() {
    isNoticed = false
    let earliest = end
    switch schedule {
    case .at(_, let period):
      start = max(planned, earliest)
      if let period, period.milliseconds > 0 {
        planned = planned &+ period.milliseconds
      } else {
        planned = .max
      }
    case .random(let mean):
      let pause = random.exponential(mean: Double(max(1, mean.milliseconds)))
      start = earliest + UInt64(min(pause, 1e15))
    }
    guard start < limit else {
      start = .max
      end = .max
      return
    }
    end = min(limit, start + random.draw(shortest, longest))
  }

  /// True if the fault is at work at a moment, which may lie in the future.
  func isActive(at moment: UInt64) -> Bool {
    var source = self
    while source.end <= moment, source.end < .max { source.advance() }
    return moment >= source.start && moment < source.end
  }

  /// The end of the period at a moment at which the fault is at work.
  func end(at moment: UInt64) -> UInt64 {
    var source = self
    while source.end <= moment, source.end < .max { source.advance() }
    return source.end
  }
}

extension Fault.Kind {
  /// What its strength is unless a scenario says otherwise.
  var usualStrength: Double {
    switch self {
    case .latency: 5
    case .loss: 0.3
    case .reordering: 0.5
    case .throttle: 0.9
    case .timeStep: 86_400
    case .timeDrift: 500
    case .wearOut: 0.99
    case .brokerRestart, .bitRot: 1
    case .partition, .asymmetric, .clog, .captivePortal, .tokenRefusal, .brokerSilence,
      .certificateRotation, .rootDeath, .timeOutage, .timeSpoof, .kissOfDeath, .badBlock,
      .powerCut, .brownOut, .entropyLoss:
      1
    }
  }
}

/// A set of kinds of faults.
struct FaultSet: OptionSet {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The set of one kind.
  init(_ kind: Fault.Kind) { rawValue = 1 << kind.place }

  @inline(__always)
  func contains(_ kind: Fault.Kind) -> Bool { rawValue & 1 << kind.place != 0 }

  /// All that keeps bytes from getting to the other side as they usually do.
  static let network = FaultSet(.latency).union(FaultSet(.loss)).union(FaultSet(.partition))
    .union(FaultSet(.asymmetric)).union(FaultSet(.clog)).union(FaultSet(.captivePortal))
    .union(FaultSet(.reordering))
}

extension Fault.Kind {
  /// Its place in a set.
  @inline(__always)
  var place: UInt32 {
    switch self {
    case .latency: 0
    case .loss: 1
    case .reordering: 2
    case .partition: 3
    case .asymmetric: 4
    case .clog: 5
    case .captivePortal: 6
    case .brokerRestart: 7
    case .throttle: 8
    case .tokenRefusal: 9
    case .brokerSilence: 10
    case .certificateRotation: 11
    case .rootDeath: 12
    case .timeOutage: 13
    case .timeStep: 14
    case .timeDrift: 15
    case .timeSpoof: 16
    case .kissOfDeath: 17
    case .bitRot: 18
    case .badBlock: 19
    case .wearOut: 20
    case .powerCut: 21
    case .brownOut: 22
    case .entropyLoss: 23
    }
  }
}
