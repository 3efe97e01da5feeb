import Dispatch
import Results
import Synchronization

/// Simulates devices that do not meet, one after the other from beginning to end, on some threads.
///
/// So each device stays in the processor's cache, and a fleet of any size takes constant memory.
final class FleetRunner: Sendable {
  private let plan: Plan
  private let shard: Int
  private let shardCount: Int
  private let jobs: Int
  private let isInterrupted: @Sendable () -> Bool
  private let progress: @Sendable (VirtualFleet.Progress) -> Void

  private let next = Atomic<Int>(0)
  private let wasInterrupted = Atomic<Bool>(false)
  private let total: Mutex<FleetResult>

  init(
    plan: Plan, shard: Int, shardCount: Int, jobs: Int,
    isInterrupted: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (VirtualFleet.Progress) -> Void
  ) {
    self.plan = plan
    self.shard = shard
    self.shardCount = shardCount
    self.jobs = max(1, jobs)
    self.isInterrupted = isInterrupted
    self.progress = progress
    var empty = FleetResult()
    empty.series = Series(durationMilliseconds: plan.duration)
    total = Mutex(empty)
  }

  /// Simulates all devices; nil if that was interrupted.
  func run() -> FleetResult? {
    if jobs == 1 {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: jobs) { _ in work() }
    }
    guard !wasInterrupted.load(ordering: .relaxed) else { return nil }
    return total.withLock { $0 }
  }

  private func work() {
    let room = WorkerRoom(payloadBytes: plan.payloadBytes, durationMilliseconds: plan.duration)
    let count = (plan.scenario.deviceCount - shard + shardCount - 1) / shardCount
    while true {
      let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard position < count else { break }
      let device = VirtualDevice(
        plan: plan, room: room, throttle: nil, tracer: nil,
        index: shard + position * shardCount)
      guard live(device) else { return wasInterrupted.store(true, ordering: .relaxed) }
      let milliseconds = UInt64(position + 1) * plan.duration
      progress(
        VirtualFleet.Progress(
          deviceMilliseconds: milliseconds, totalDeviceMilliseconds: UInt64(count) * plan.duration,
          events: room.result.pointee.events))
    }
    total.withLock { $0.add(room.result.pointee) }
  }

  /// Simulates one device; false if that was interrupted.
  private func live(_ device: VirtualDevice) -> Bool {
    var wakes = 0
    while device.wakeAt < plan.end {
      if device.wakeAt >= plan.duration, device.isSettled { break }
      device.wake(at: device.wakeAt)
      wakes += 1
      if wakes & 0x3FFF == 0, isInterrupted() { return false }
    }
    device.finish()
    return true
  }
}
