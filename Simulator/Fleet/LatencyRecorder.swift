import Synchronization

/// Where one worker's devices note how long things took, and any thread may look.
final class LatencyRecorder: Sendable {
  private let latencies = Mutex(Latencies())

  /// What was measured so far.
  var snapshot: Latencies { latencies.withLock { $0 } }

  /// Notes the time from `begin` to `end`, in nanoseconds of one clock.
  func record(_ phase: LatencyPhase, from begin: UInt64, to end: UInt64) {
    // A copy for a reader makes the next of these copy too, which happens a few times a second.
    latencies.withLock { $0.record(phase, nanoseconds: end > begin ? end - begin : 0) }
  }
}
