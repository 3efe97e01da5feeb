import Results

/// Devices that meet in the cloud: they live side by side on one thread, in the order of time and
/// of their indices.
final class Crowd {
  private let plan: Plan
  private let room: WorkerRoom
  private let tracer: Tracer?
  private let throttle: Throttle?
  private var devices: [VirtualDevice] = []
  private var queue = WakeQueue()

  init(_ plan: Plan, tracer: Tracer? = nil, traced: Int = -1) {
    self.plan = plan
    self.tracer = tracer
    room = WorkerRoom(plan)
    throttle = plan.scenario.cloud.connectsPerSecond.map(Throttle.init(connectsPerSecond:))
    devices.reserveCapacity(plan.scenario.deviceCount)
    for index in 0..<plan.scenario.deviceCount {
      let device = VirtualDevice(
        plan: plan, room: room, throttle: throttle, tracer: index == traced ? tracer : nil,
        index: index)
      devices.append(device)
      queue.insert(WakeQueue.Entry(moment: device.wakeAt, device: UInt32(index)))
    }
  }

  /// Lets all of them live; nil if that was interrupted.
  func run(
    isInterrupted: () -> Bool, progress: (VirtualFleet.Progress) -> Void
  ) -> FleetResult? {
    var wakes: UInt64 = 0
    let count = UInt64(devices.count)
    while let first = queue.first, first.moment < plan.end {
      let device = devices[Int(first.device)]
      if first.moment >= plan.duration, device.isSettled {
        queue.removeFirst()
        continue
      }
      device.turn(at: first.moment)
      queue.replaceFirst(with: WakeQueue.Entry(moment: device.wakeAt, device: first.device))
      wakes += 1
      guard wakes & 0x3FFF == 0 else { continue }
      if isInterrupted() { return nil }
      progress(
        VirtualFleet.Progress(
          deviceMilliseconds: min(first.moment, plan.duration) &* count,
          totalDeviceMilliseconds: plan.duration &* count, events: room.result.pointee.events))
    }
    for device in devices { device.finish() }
    return withExtendedLifetime((throttle, tracer)) { room.total }
  }
}
