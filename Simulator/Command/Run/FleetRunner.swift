import Foundation
import Results
import Scenarios
import Synchronization
import Units
import World

/// Runs a scenario with its comparisons and seeds on a few threads.
///
/// Devices do not depend on each other unless they share a cloud, so the work is cut into slices of
/// devices; their results add up to the same whatever the order. What was finished when somebody
/// interrupts makes a partial result.
struct FleetRunner {
  let scenario: Scenario
  let seeds: ClosedRange<UInt64>
  let shard: ShardArgument
  let jobs: Int

  /// What came of it.
  struct Outcome {
    /// The fleet, then those of the comparisons.
    var fleets: [FleetResult]
    /// Whether all of it was run.
    var isComplete: Bool
  }

  /// How far the whole run has come.
  struct Progress {
    var milliseconds: UInt64 = 0
    var totalMilliseconds: UInt64
    var events: UInt64 = 0
  }

  /// The scenario and its comparisons, each to be run alone.
  private var variants: [Scenario] {
    var alone = scenario
    alone.comparisons = []
    return [alone] + scenario.comparisons.map { scenario.applying($0) }
  }

  private var seedCount: Int { Int(seeds.upperBound - seeds.lowerBound) + 1 }

  private var devicesOfShard: Int {
    scenario.deviceCount / shard.count
      + (shard.index < scenario.deviceCount % shard.count ? 1 : 0)
  }

  /// Devices that share a cloud go in one piece, and many seeds are pieces enough.
  private var sliceCount: Int {
    scenario.isCoupled ? 1 : max(1, min(256, devicesOfShard / 8))
  }

  func run(
    isInterrupted: () -> Bool, show: (Progress) -> Void
  ) -> Outcome {
    let state = RunState(threads: jobs)
    let done = DispatchSemaphore(value: 0)
    for index in 0..<jobs {
      let thread = Thread { [self] in
        state.finish(work(thread: index, state))
        done.signal()
      }
      // The engines are large values, which debug builds copy to the stack more than once.
      thread.stackSize = 16 << 20
      thread.start()
    }
    let total = UInt64(variants.count * seedCount * devicesOfShard)
      .multipliedReportingOverflow(by: scenario.duration.milliseconds)
    var running = jobs
    while running > 0 {
      if done.wait(timeout: .now() + .milliseconds(100)) == .success {
        running -= 1
        continue
      }
      if isInterrupted() { state.isInterrupted.store(true, ordering: .relaxed) }
      var progress = Progress(totalMilliseconds: total.overflow ? .max : total.partialValue)
      (progress.milliseconds, progress.events) = state.progress
      show(progress)
    }
    let fleets = state.sum(variants.count)
    return Outcome(
      fleets: fleets, isComplete: !state.isIncomplete.load(ordering: .relaxed))
  }

  /// What one thread does: a piece of work after the other.
  private func work(thread: Int, _ state: RunState) -> [FleetResult] {
    let variants = variants
    let slices = sliceCount
    var sums = variants.map { _ in FleetResult() }
    while true {
      let item = state.nextItem.add(1, ordering: .relaxed).oldValue
      guard item < variants.count * seedCount * slices else { break }
      guard !state.isInterrupted.load(ordering: .relaxed) else {
        state.isIncomplete.store(true, ordering: .relaxed)
        break
      }
      let variant = item / (seedCount * slices)
      let seed = seeds.lowerBound + UInt64(item / slices % seedCount)
      // The slices of a shard are shards of a finer division.
      let slice = shard.index + shard.count * (item % slices)
      let fleet = VirtualFleet(scenario: variants[variant], seed: seed)
      let result = fleet.run(
        shard: slice, of: shard.count * slices,
        isInterrupted: { state.isInterrupted.load(ordering: .relaxed) },
        progress: { state.report($0, thread: thread) })
      guard let result else {
        state.isIncomplete.store(true, ordering: .relaxed)
        break
      }
      state.finishItem(
        milliseconds: UInt64(result.devices) * variants[variant].duration.milliseconds,
        events: result.events, thread: thread)
      sums[variant].addDevices(of: result)
    }
    return sums
  }
}

/// What the threads of a run share.
private final class RunState: Sendable {
  let nextItem = Atomic<Int>(0)
  let isInterrupted = Atomic<Bool>(false)
  let isIncomplete = Atomic<Bool>(false)
  private let finished = Mutex<[[FleetResult]]>([])
  private let done = Mutex<(milliseconds: UInt64, events: UInt64)>((0, 0))
  private let current: Mutex<[(milliseconds: UInt64, events: UInt64)]>

  init(threads: Int) { current = Mutex(Array(repeating: (0, 0), count: threads)) }

  func report(_ progress: VirtualFleet.Progress, thread: Int) {
    current.withLock { $0[thread] = (progress.deviceMilliseconds, progress.events) }
  }

  func finishItem(milliseconds: UInt64, events: UInt64, thread: Int) {
    current.withLock { $0[thread] = (0, 0) }
    done.withLock {
      $0.milliseconds &+= milliseconds
      $0.events &+= events
    }
  }

  func finish(_ results: [FleetResult]) { finished.withLock { $0.append(results) } }

  var progress: (milliseconds: UInt64, events: UInt64) {
    let now = current.withLock { $0 }
    return now.reduce(done.withLock { $0 }) {
      ($0.milliseconds &+ $1.milliseconds, $0.events &+ $1.events)
    }
  }

  /// The results of all threads, added up.
  func sum(_ count: Int) -> [FleetResult] {
    finished.withLock { lists in
      (0..<count).map { index in
        lists.reduce(into: FleetResult()) { $0.addDevices(of: $1[index]) }
      }
    }
  }
}
