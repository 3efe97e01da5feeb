public import Results
public import Scenarios

/// A fleet in virtual time.
///
/// Where devices do not meet in the cloud, one device lives from the beginning to the end before
/// the next one begins: it stays in the processor's cache, and a fleet of any size takes the memory
/// of one device a thread. Where they share what the cloud accepts in a second, all live side by
/// side, in the order of time and index.
public struct VirtualFleet: Sendable {
  /// What is run.
  public let scenario: Scenario
  /// What everything is drawn from.
  public let seed: UInt64
  /// A bug that a test plants to see that it is found.
  var planted: PlantedBug?

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
    _ = try Plan(scenario, seed: 0)
  }

  /// Runs the devices whose index is `shard` modulo `shardCount`, on the calling thread.
  ///
  /// - Precondition: devices that meet in the cloud are in one shard.
  /// - Parameters:
  ///   - isInterrupted: Asked now and then; true ends the run early.
  ///   - progress: Called now and then.
  /// - Returns: What they did, or nil where the run was ended early or the scenario cannot be run.
  public func run(
    shard: Int = 0, of shardCount: Int = 1,
    isInterrupted: () -> Bool = { false }, progress: (Progress) -> Void = { _ in }
  ) -> FleetResult? {
    guard let plan = try? Plan(scenario, seed: seed, planted: planted) else { return nil }
    let indices = stride(from: shard, to: plan.scenario.deviceCount, by: shardCount)
    if plan.scenario.isCoupled {
      precondition(shardCount == 1, "devices that meet in the cloud cannot be divided")
      return Crowd(plan).run(isInterrupted: isInterrupted, progress: progress)
    }
    let room = WorkerRoom(plan)
    let total = UInt64(indices.underestimatedCount) &* plan.duration
    for (position, index) in indices.enumerated() {
      let device = VirtualDevice(plan: plan, room: room, index: index)
      guard device.live(isInterrupted: isInterrupted) else { return nil }
      progress(
        Progress(
          deviceMilliseconds: UInt64(position + 1) &* plan.duration,
          totalDeviceMilliseconds: total, events: room.result.pointee.events))
    }
    return room.total
  }

  /// Runs one device and writes each thing that happens as a line in fixed columns: time, device,
  /// layer, event, detail.
  ///
  /// Where devices meet in the cloud all of them run, and one of them tells.
  public func replay(device index: Int, line: @escaping (String) -> Void) -> FleetResult {
    guard let plan = try? Plan(scenario, seed: seed, planted: planted) else { return FleetResult() }
    let tracer = Tracer(line)
    if plan.scenario.isCoupled {
      let crowd = Crowd(plan, tracer: tracer, traced: index)
      return crowd.run(isInterrupted: { false }, progress: { _ in }) ?? FleetResult()
    }
    let room = WorkerRoom(plan)
    let device = VirtualDevice(plan: plan, room: room, tracer: tracer, index: index)
    _ = device.live(isInterrupted: { false })
    return withExtendedLifetime(tracer) { room.total }
  }
}

/// Why a scenario cannot be run.
public struct WorldError: Error, CustomStringConvertible {
  /// What is wrong with it.
  public let description: String
}
