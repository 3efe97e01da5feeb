public import Results
public import Scenarios

/// A fleet in virtual time.
///
/// Where devices do not meet in the cloud, one device lives from the beginning to the end before the
/// next one begins: it stays in the processor's cache, and a fleet of any size takes the memory of
/// one device a thread. Where they share what the cloud accepts in a second, all live side by side,
/// in the order of time and index.
public struct VirtualFleet: Sendable {
  /// What is run.
  public let scenario: Scenario
  /// What everything is drawn from.
  public let seed: UInt64

  /// How far a run has come.
  public struct Progress: Sendable {
    /// The milliseconds simulated, of all devices together.
    public var deviceMilliseconds: UInt64
    /// The milliseconds to simulate, settling not counted.
    public var totalDeviceMilliseconds: UInt64
    /// How often a device was woken.
    public var events: UInt64
  }

  /// Creates a fleet.
  public init(scenario: Scenario, seed: UInt64) {
    self.scenario = scenario
    self.seed = seed
  }

  /// Says why the scenario cannot be run, or returns.
  public static func check(_ scenario: Scenario) throws(WorldError) {
    _ = try WorldSettings(scenario, seed: 0)
  }

  /// Runs the devices whose index is `shard` modulo `shardCount`, on the calling thread.
  ///
  /// - Parameters:
  ///   - isInterrupted: Asked now and then; true ends the run early.
  ///   - progress: Called now and then.
  /// - Returns: What they did, or nil where the run was ended early or the scenario cannot be run.
  public func run(
    shard: Int = 0, of shardCount: Int = 1,
    isInterrupted: () -> Bool = { false }, progress: (Progress) -> Void = { _ in }
  ) -> FleetResult? {
    guard let settings = try? WorldSettings(scenario, seed: seed) else { return nil }
    let indices = stride(from: shard, to: scenario.deviceCount, by: shardCount)
    let duration = scenario.duration.milliseconds
    let recorder = Recorder(durationMilliseconds: duration)
    let total = UInt64(indices.underestimatedCount) * duration
    func report(_ milliseconds: UInt64) {
      progress(
        Progress(
          deviceMilliseconds: milliseconds, totalDeviceMilliseconds: total,
          events: recorder.result.events))
    }
    if scenario.cloud.connectsPerSecond != nil {
      let crowd = Crowd(settings, indices: Array(indices), recorder: recorder)
      guard crowd.run(isInterrupted: isInterrupted, progress: { report($0 * UInt64(crowd.count)) })
      else { return nil }
    } else {
      for index in indices {
        guard !isInterrupted() else { return nil }
        var device = VirtualDevice(settings, index: index, recorder: recorder)
        while !device.isOver { device.run(at: device.nextAt) }
        report(recorder.result.deviceMilliseconds)
      }
    }
    return recorder.result
  }

  /// Runs one device and writes each thing that happens as a line in fixed columns: milliseconds of
  /// the run, the layer, and what happened.
  public func replay(device index: Int, line: @escaping (String) -> Void) -> FleetResult {
    let recorder = Recorder(durationMilliseconds: scenario.duration.milliseconds)
    guard let settings = try? WorldSettings(scenario, seed: seed) else { return recorder.result }
    var device = VirtualDevice(settings, index: index, recorder: recorder)
    let clock = ReplayClock()
    device.trace { layer, text in
      let time = String(clock.now)
      line(
        String(repeating: " ", count: max(0, 14 - time.count)) + time + "  "
          + layer.padded(to: 7) + "  " + text)
    }
    while !device.isOver {
      clock.now = device.nextAt
      device.run(at: device.nextAt)
    }
    return recorder.result
  }
}

/// The moment that lines of a trace carry.
private final class ReplayClock {
  var now: UInt64 = 0
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
