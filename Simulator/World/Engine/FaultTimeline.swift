import Scenarios
import Units

/// When faults begin and end for one device, in milliseconds of the run.
struct FaultTimeline {
  /// A fault from its beginning to its end.
  struct Window {
    var kind: Fault.Kind
    var start: UInt64
    var end: UInt64
    var strength: Double
  }

  /// A beginning or an end.
  struct Change {
    var at: UInt64
    var window: Int
    var isStart: Bool
  }

  private(set) var windows: [Window] = []
  private var changes: [Change] = []
  private var next = 0

  /// Draws the faults of a scenario for a device.
  init(_ scenario: Scenario, seed: UInt64, device: Int) {
    var plans = scenario.faults
    if scenario.hasSwarm { plans += Self.swarm(seed: seed, duration: scenario.duration) }
    for (index, fault) in plans.enumerated() {
      add(fault, index, seed: seed, device: device, until: scenario.duration.milliseconds)
    }
    for (index, window) in windows.enumerated() {
      changes.append(Change(at: window.start, window: index, isStart: true))
      changes.append(Change(at: window.end, window: index, isStart: false))
    }
    changes.sort { ($0.at, $0.window, $0.isStart ? 0 : 1) < ($1.at, $1.window, $1.isStart ? 0 : 1) }
  }

  /// When the next one begins or ends.
  var nextChangeAt: UInt64 { next < changes.count ? changes[next].at : .max }

  /// Takes the next change if it is due.
  mutating func takeChange(at now: UInt64) -> (window: Window, isStart: Bool)? {
    guard next < changes.count, changes[next].at <= now else { return nil }
    let change = changes[next]
    next += 1
    return (windows[change.window], change.isStart)
  }

  private mutating func add(
    _ fault: Fault, _ index: Int, seed: UInt64, device: Int, until end: UInt64
  ) {
    var stream: Stream
    switch fault.scope {
    case .fleet: stream = Stream(seed: seed, device: nil, .fault, index)
    case .device(let probability):
      stream = Stream(seed: seed, device: device, .fault, index)
      guard stream.happens(probability) else { return }
    }
    let lengths = fault.lasts.lowerBound.milliseconds...fault.lasts.upperBound.milliseconds
    func append(at start: UInt64) {
      let finish = min(end, start + max(1, stream.draw(lengths)))
      windows.append(
        Window(
          kind: fault.kind, start: start, end: finish,
          strength: fault.strength ?? fault.kind.usualStrength))
    }
    switch fault.schedule {
    case .at(let first, let every):
      var start = first.milliseconds
      while start < end {
        append(at: start)
        guard let every, every > .zero else { break }
        start += every.milliseconds
      }
    case .random(let mean):
      // Evenly between nothing and twice the mean: no logarithm, which machines round differently.
      let mean = max(1, mean.milliseconds)
      var start = stream.draw(0...(2 * mean))
      while start < end {
        append(at: start)
        start = (windows.last?.end ?? start) + stream.draw(1...(2 * mean))
      }
    }
  }

  /// The mix of faults that a seed draws for itself.
  private static func swarm(seed: UInt64, duration: Interval) -> [Fault] {
    var stream = Stream(seed: seed, device: nil, .swarm)
    var faults: [Fault] = []
    for kind in Fault.Kind.allCases where stream.happens(0.3) {
      var fault = Fault.random(kind, probability: 1, within: duration)
      let mean = max(60_000, duration.milliseconds / stream.draw(2...40))
      fault.schedule = .random(meanBetween: Interval(milliseconds: mean))
      if stream.happens(0.4) { fault.scope = .fleet }
      faults.append(fault)
    }
    return faults
  }
}

extension Fault.Kind {
  /// The strength where a scenario names none.
  var usualStrength: Double {
    switch self {
    case .latency: 5
    case .loss: 0.3
    case .reordering: 0.5
    case .brokerRestart: 1
    case .throttle: 0.9
    case .timeStep: 86_400
    case .timeDrift: 500
    case .bitRot: 1
    case .wearOut: 0.99
    case .partition, .asymmetric, .clog, .captivePortal, .tokenRefusal, .brokerSilence,
      .certificateRotation, .rootDeath, .timeOutage, .timeSpoof, .kissOfDeath, .badBlock, .powerCut,
      .brownOut, .entropyLoss:
      1
    }
  }

  /// Its place among all kinds.
  var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
