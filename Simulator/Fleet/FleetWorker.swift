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
    epoll = clinux_epoll_create()
    guard epoll >= 0 else { throw .system("epoll: \(String(cString: strerror(errno)))") }
    let start = HostPlatform.now()
    for slot in 0..<count {
      devices.append(
        Slot(
          try FleetDevice(
            index: first + slot * options.workers, options: options, roots: roots,
            room: memory.room(at: slot), names: names, epoll: epoll, start: start)))
    }
  }

  deinit {
    // The devices point into `memory`, so they have to go first.
    devices = []
    close(epoll)
  }

  /// The latest tally, from any thread.
  var tally: FleetTally { latest.withLock { $0 } }

  /// Gives an order, from any thread.
  func follow(_ order: Order) { self.order.store(order.rawValue, ordering: .releasing) }

  /// Works until all devices have stopped.
  func run() {
    for index in devices.indices { runDevice(index) }
    var tokens = [UInt64](repeating: 0, count: 256)
    var reportAt = HostPlatform.now()
    while !devices.allSatisfy({ $0.device.isHalted }) {
      let order = self.order.load(ordering: .acquiring)
      if order != Order.work.rawValue {
        for slot in devices {
          slot.device.settle(isOutOfPatience: order == Order.stop.rawValue)
        }
      }
      runDueDevices()
      let count = clinux_epoll_wait(epoll, &tokens, Int32(tokens.count), waitingTime())
      for token in tokens.prefix(Int(max(count, 0))) {
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
        runDevice(alarm.index)
      } else {
        setAlarm(alarm.index)
      }
    }
  }

  private func runDevice(_ index: Int) {
    devices[index].device.run(
      isPublishing: order.load(ordering: .acquiring) == Order.work.rawValue)
    setAlarm(index)
  }

  /// Sees to it that an alarm rings no later than the device's deadline.
  private func setAlarm(_ index: Int) {
    let deadline = devices[index].device.deadline
    guard deadline < alarmAt[index] else { return }
    alarmAt[index] = deadline
    alarms.insert(Alarm(at: deadline, index: index))
  }

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
