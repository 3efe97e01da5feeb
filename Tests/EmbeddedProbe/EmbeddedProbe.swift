import Bytes
import Device
import MbedTLSAdapter
import Units
import Wire

// The core as a board would use it, reachable from one C function, so that the embedded gates see
// the code that would run: generic code exists only where it is used. Nothing here is ever
// executed.

nonisolated(unsafe) private var contexts = [8192 of UInt64](repeating: 0)
nonisolated(unsafe) private var roots: MbedTLSRoots?
nonisolated(unsafe) private var device: Device<MbedTLSBackend>?
nonisolated(unsafe) private var platform = ProbePlatform()

/// The entry of the linked image.
@c(probe_main)
public func probe() {
  start()
  guard unsafe device != nil else { return }
  while true {
    switch unsafe drive(&device!, on: &platform) {
    case .events: handleEvents()
    case .sleep: publish()
    }
  }
}

private func start() {
  // Both contexts lie in a static, which never moves.
  var space = unsafe contexts.mutableSpan
  let memory = unsafe space.withUnsafeMutableBufferPointer {
    UnsafeMutableRawBufferPointer($0)
  }
  var ownRoots = unsafe MbedTLSRoots(
    unsafeStorage: UnsafeMutableRawBufferPointer(rebasing: memory[..<8192]))
  do { try ownRoots.add(der: StaticString("root").bytes) } catch { return }
  var backend = unsafe MbedTLSBackend(
    unsafeStorage: UnsafeMutableRawBufferPointer(rebasing: memory[8192...]), roots: ownRoots)
  unsafe roots = consume ownRoots
  do { try backend.useKey(der: StaticString("key").bytes) } catch { return }
  do { unsafe device = Device(configuration: try configuration(), backend: backend) } catch {
    return
  }
}

private func configuration() throws(Overflow) -> DeviceConfiguration {
  var configuration = try DeviceConfiguration(
    profile: .google,
    names: try DeviceNames(
      project: "project", region: "region", registry: "registry", device: "device"),
    cloudHost: "cloud", timeFloor: UnixTime(seconds: 1_767_225_600))
  try configuration.timeServers.append("time")
  return configuration
}

private func handleEvents() {
  while true {
    switch unsafe device!.nextEvent() {
    case .none: return
    case .message(_, let topic, let payload):
      unsafe probeAnswers[13] = topic.count &+ payload.count
    case .synchronized, .timeRejected, .tokenSigned, .online, .offline, .acknowledged, .oversized,
      .subscriptionRefused:
      unsafe probeAnswers[14] &+= 1
    }
  }
}

private func publish() {
  do {
    try unsafe device!.publish(StaticString("payload").bytes, to: .events)
  } catch {
    unsafe probeAnswers[15] &+= 1
  }
}
