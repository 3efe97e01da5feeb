import Foundation
import HostPlatform
public import Units

/// Thousands of devices in this process, each with the core's engine, its own key and real sockets.
public final class Fleet: Sendable {
  private let options: FleetOptions
  private let workers: [FleetWorker]

  /// Creates the devices; nothing is sent before `run`.
  public init(options: FleetOptions) throws(FleetError) {
    var options = options
    let atATime = max(1, options.attemptsAtATime ?? .max)
    options.workers = max(1, min(options.workers, options.members.count, atATime))
    self.options = options
    let roots = try FleetRoots(certificates: options.roots)
    let names = NameCache()
    var workers: [FleetWorker] = []
    for first in 0..<options.workers {
      workers.append(
        try FleetWorker(first: first, options: options, roots: roots, names: names))
    }
    self.workers = workers
  }

  /// The latest tally of all devices.
  public var tally: FleetTally {
    var sum = FleetTally()
    for worker in workers { sum.add(worker.tally) }
    return sum
  }

  /// How long things took so far.
  public var latencies: Latencies {
    var sum = Latencies()
    for worker in workers { sum.add(worker.latencies) }
    return sum
  }

  /// Runs the fleet for its duration, waits for the last acknowledgements, and stops.
  ///
  /// - Parameters:
  ///   - isInterrupted: Asked ten times a second; true ends the run early and in good order.
  ///   - progress: Called ten times a second with the tally, the time since the start, and whether
  ///     the devices still publish.
  /// - Returns: The final tally, and when the first device was switched on.
  public func run(
    isInterrupted: () -> Bool = { false },
    progress: (FleetTally, Interval, _ isPublishing: Bool) -> Void = { _, _, _ in }
  ) -> (tally: FleetTally, start: Instant) {
    let done = DispatchGroup()
    let start = HostPlatform.now()
    for worker in workers {
      done.enter()
      let thread = Thread {
        worker.run(from: start)
        done.leave()
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    var end = start + options.duration
    var wereAllOnline = false
    var settlesAt: Instant?
    var orderedToStop = false
    while done.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      let now = HostPlatform.now()
      let tally = tally
      progress(tally, now.since(start), settlesAt == nil && now < end)
      if let hold = options.hold, !wereAllOnline, tally.everOnline == tally.devices,
        tally.devices > 0
      {
        wereAllOnline = true
        end = min(end, now + hold)
      }
      if settlesAt == nil, now >= end || isInterrupted() || Self.isHopeless(tally) {
        settlesAt = now
        for worker in workers { worker.follow(.settle) }
      }
      if let settlesAt, !orderedToStop,
        now >= settlesAt + options.settleTime || tally.everOnline == 0
      {
        orderedToStop = true
        for worker in workers { worker.follow(.stop) }
      }
    }
    return (tally, start)
  }

  /// True if every device has tried enough and none was ever let in: waiting longer teaches
  /// nothing.
  private static func isHopeless(_ tally: FleetTally) -> Bool {
    tally.devices > 0 && tally.everOnline == 0 && tally.hopeless == tally.devices
  }
}
