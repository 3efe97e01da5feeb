public import Results
public import Scenarios

/// A fleet in virtual time.
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

  /// Runs the devices whose index is `shard` modulo `shardCount`, on `jobs` threads.
  ///
  /// - Parameters:
  ///   - isInterrupted: Asked now and then, from any thread; true ends the run early.
  ///   - progress: Called now and then, from any thread.
  /// - Returns: What they did, or nil where the run was ended early.
  public func run(
    shard: Int = 0, of shardCount: Int = 1, jobs: Int = 1,
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) -> FleetResult? {
    let plan = Plan(scenario, seed: seed)
    guard plan.scenario.isCoupled else {
      return FleetRunner(
        plan: plan, shard: shard, shardCount: shardCount, jobs: jobs,
        isInterrupted: isInterrupted, progress: progress
      ).run()
    }
    precondition(shardCount == 1, "devices that meet in the cloud cannot be sharded")
    return CoupledRunner(plan: plan).run(isInterrupted: isInterrupted, progress: progress)
  }

  /// Runs one device and writes each thing that happens as a line in fixed columns.
  public func replay(device: Int, line: (String) -> Void) -> FleetResult {
    withoutActuallyEscaping(line) { line in
      let plan = Plan(scenario, seed: seed)
      let room = WorkerRoom(payloadBytes: plan.payloadBytes, durationMilliseconds: plan.duration)
      let tracer = Tracer(line)
      let device = VirtualDevice(
        plan: plan, room: room, throttle: nil, tracer: tracer, index: device)
      while device.wakeAt < plan.end {
        if device.wakeAt >= plan.duration, device.isSettled { break }
        device.wake(at: device.wakeAt)
      }
      device.finish()
      return withExtendedLifetime((room, tracer, device)) { room.result.pointee }
    }
  }
}
