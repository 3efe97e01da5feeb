import CLinux
import Glibc
import HeapModule
import HostPlatform
import MbedTLSAdapter
import Synchronization
import Units

/// A thread that looks after its share of the fleet: every n-th device, beginning with its own
/// index.
///
/// It sleeps until a socket moves or a device's deadline comes, whichever is first.
final class FleetWorker: @unchecked Sendable {
  // All but `latest` and `order` is touched by the worker's own thread only.

  /// What the fleet wants of its workers.
  enum Order: Int {
    /// Publish and hold connections.
    case work
    /// Publish nothing more, stop each device when its messages are acknowledged.
    case settle
    /// Stop all devices now.
    case stop
  }

  /// A place for a device, since arrays hold copyable things only.
  private final class Slot {
    var device: FleetDevice

    init(_ device: consuming FleetDevice) { self.device = device }
  }

  private struct Alarm: Comparable {
    var at: Instant
    var index: Int

    static func < (left: Alarm, right: Alarm) -> Bool { left.at < right.at }
  }

  private let options: FleetOptions
  private let first: Int
  private let roots: FleetRoots
  private let memory: ContextMemory
  private let names: NameCache
  private let epoll: Int32
  private var devices: [Slot] = []
  private var alarms = Heap<Alarm>()
  /// The alarm that is set for each device; others for it in the heap are of no meaning.
  private var alarmAt: [Instant]
  private var admission: Admission
  private let recorder = LatencyRecorder()
  private let latest = Mutex(FleetTally())
  private let order = Atomic<Int>(Order.work.rawValue)

  init(first: Int, options: FleetOptions, roots: FleetRoots, names: NameCache) throws(FleetError) {
    self.first = first
    self.options = options
    self.roots = roots
    self.names = names
    let count = (options.members.count - first + options.workers - 1) / options.workers
    memory = ContextMemory(
      count: count, byteCount: MbedTLSBackend.storageByteCount,
      alignment: MbedTLSBackend.storageAlignment)
    alarmAt = Array(repeating: .never, count: count)
    admission = Admission(limit: options.attemptsAtATime(worker: first), count: count)
    epoll = clinux_epoll_create()
    guard epoll >= 0 else { throw .system("epoll: \(String(cString: strerror(errno)))") }
    for slot in 0..<count {
      devices.append(
        Slot(
          try FleetDevice(
            index: first + slot * options.workers, options: options, roots: roots,
            room: memory.room(at: slot), names: names, epoll: epoll, recorder: recorder)))
    }
  }

  deinit {
    // The devices point into `memory`, so they have to go first.
    devices = []
    close(epoll)
  }

  /// The latest tally, from any thread.
  var tally: FleetTally { latest.withLock { $0 } }

  /// How long things took so far, from any thread.
  var latencies: Latencies { recorder.snapshot }

  /// Gives an order, from any thread.
  func follow(_ order: Order) { self.order.store(order.rawValue, ordering: .releasing) }

  /// Switches the devices on, one after the other from `start` on, and works until all have
  /// stopped.
  func run(from start: Instant) {
    for index in devices.indices {
      devices[index].device.begin(at: start)
      setAlarm(index)
    }
    var tokens = [UInt64](repeating: 0, count: Self.socketsAtOnce)
    var reportAt = HostPlatform.now()
    while !devices.allSatisfy({ $0.device.isHalted }) {
      let order = self.order.load(ordering: .acquiring)
      if order != Order.work.rawValue {
        for index in devices.indices {
          attend(to: index) { $0.settle(isOutOfPatience: order == Order.stop.rawValue) }
        }
      }
      runDueDevices()
      while let index = admission.dequeue() { runDevice(index) }
      let count = clinux_epoll_wait(epoll, &tokens, Int32(tokens.count), waitingTime())
      let reportedAt = HostPlatform.nanoseconds()
      for token in tokens.prefix(Int(max(count, 0))) {
        recorder.record(.generatorLate, from: reportedAt, to: HostPlatform.nanoseconds())
        runDevice((Int(token) - first) / options.workers)
      }
      if HostPlatform.now() >= reportAt {
        report()
        reportAt = HostPlatform.now() + Interval(milliseconds: 100)
      }
    }
    report()
  }

  private func runDueDevices() {
    let now = HostPlatform.now()
    while let alarm = alarms.min, alarm.at <= now {
      alarms.removeMin()
      guard alarmAt[alarm.index] == alarm.at else { continue }
      alarmAt[alarm.index] = .never
      // An alarm that was set before the device's plans changed rings too early, and is set again.
      if devices[alarm.index].device.deadline <= now {
        recorder.record(
          .generatorLate, from: alarm.at.milliseconds * 1_000_000, to: HostPlatform.nanoseconds())
        runDevice(alarm.index)
      } else {
        setAlarm(alarm.index)
      }
    }
  }

  private func runDevice(_ index: Int) {
    let isPublishing = order.load(ordering: .acquiring) == Order.work.rawValue
    let hasToWait =
      !admission.hasRoom && devices[index].device.isAboutToConnect(now: HostPlatform.now())
    if hasToWait { admission.enqueue(index) }
    attend(to: index) { device in
      if hasToWait {
        device.wait(isPublishing: isPublishing)
      } else {
        device.run(isPublishing: isPublishing)
      }
    }
    setAlarm(index)
  }

  /// Does something with a device that may begin or end an attempt.
  private func attend(to index: Int, _ body: (inout FleetDevice) -> Void) {
    let slot = devices[index]
    let wasAttempting = slot.device.isAttempting
    body(&slot.device)
    admission.note(was: wasAttempting, is: slot.device.isAttempting)
  }

  /// Sees to it that an alarm rings no later than the device's deadline.
  private func setAlarm(_ index: Int) {
    let deadline = devices[index].device.deadline
    guard deadline < alarmAt[index] else { return }
    alarmAt[index] = deadline
    alarms.insert(Alarm(at: deadline, index: index))
  }

  /// Few, so that alarms are served between them: a handshake computes for milliseconds.
  private static let socketsAtOnce = 32

  /// Until the next alarm, and no longer than an order may wait.
  private func waitingTime() -> Int32 {
    let longest: UInt64 = 50
    guard let alarm = alarms.min else { return Int32(longest) }
    return Int32(min(alarm.at.since(HostPlatform.now()).milliseconds, longest))
  }

  private func report() {
    var sum = FleetTally()
    for slot in devices { sum.add(slot.device.tally()) }
    latest.withLock { $0 = sum }
  }
}
