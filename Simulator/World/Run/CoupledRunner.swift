import Results

/// Simulates devices that meet in the cloud: all of them on one thread, in the order of time.
final class CoupledRunner {
  private let plan: Plan
  private let room: WorkerRoom
  private var devices: [VirtualDevice] = []
  private var queue = WakeQueue()

  init(plan: Plan) {
    self.plan = plan
    room = WorkerRoom(payloadBytes: plan.payloadBytes, durationMilliseconds: plan.duration)
  }

  /// Simulates all devices; nil if that was interrupted.
  func run(
    isInterrupted: () -> Bool, progress: (VirtualFleet.Progress) -> Void
  ) -> FleetResult? {
    let throttle = plan.scenario.cloud.connectsPerSecond.map(Throttle.init(connectsPerSecond:))
    devices.reserveCapacity(plan.scenario.deviceCount)
    for index in 0..<plan.scenario.deviceCount {
      let device = VirtualDevice(
        plan: plan, room: room, throttle: throttle, tracer: nil, index: index)
      devices.append(device)
      queue.insert(WakeQueue.Entry(moment: device.wakeAt, device: UInt32(index)))
    }
    var wakes: UInt64 = 0
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
      let count = UInt64(plan.scenario.deviceCount)
      progress(
        VirtualFleet.Progress(
          deviceMilliseconds: min(first.moment, plan.duration) * count,
          totalDeviceMilliseconds: plan.duration * count, events: room.result.pointee.events))
    }
    for device in devices { device.finish() }
    withExtendedLifetime(throttle) {}
    return room.result.pointee
  }
}
