import Bytes
import Device
import MbedTLSAdapter
import Units
import Wire

// The core as a board would use it, reachable from one C function, so that the embedded gates see
// the code that would run: generic code exists only where it is used. Nothing here is ever
// executed.

nonisolated(unsafe) private var contexts = [8192 of UInt64](repeating: 0)
nonisolated(unsafe) private var roots = makeRoots()
nonisolated(unsafe) private var device = Device(backend: makeBackend())
nonisolated(unsafe) private var platform = ProbePlatform()

/// The entry of the linked image.
@c(probe_main)
public func probe() {
  do { try configure() } catch { return }
  while true {
    switch unsafe drive(&device, on: &platform) {
    case .events: handleEvents()
    case .sleep: publish()
    }
  }
}

/// A part of the static memory, which never moves; the first part is for the roots.
private func memory(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
  var space = unsafe contexts.mutableSpan
  return unsafe space.withUnsafeMutableBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(
      rebasing: UnsafeMutableRawBufferPointer($0)[range])
  }
}

private func makeRoots() -> MbedTLSRoots {
  var roots = unsafe MbedTLSRoots(unsafeStorage: memory(0..<8_192))
  do { try roots.add(der: StaticString("root").bytes) } catch { unsafe probeAnswers[15] &+= 1 }
  return roots
}

private func makeBackend() -> MbedTLSBackend {
  var backend = unsafe MbedTLSBackend(unsafeStorage: memory(8_192..<65_536), roots: roots)
  do { try backend.useKey(der: StaticString("key").bytes) } catch { unsafe probeAnswers[15] &+= 1 }
  return backend
}

private func configure() throws(Overflow) {
  try unsafe device.configure { configuration throws(Overflow) in
    try configuration.names.project.append("project")
    try configuration.names.region.append("region")
    try configuration.names.registry.append("registry")
    try configuration.names.device.append("device")
    try configuration.cloudHost.append("cloud")
    try configuration.timeServers.append("time")
    configuration.timeFloor = UnixTime(seconds: 1_767_225_600)
  }
}

private func handleEvents() {
  while true {
    switch unsafe device.nextEvent() {
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
  var payload = FixedBytes<96>()
  do throws(Overflow) {
    try payload.append("payload")
    try unsafe platform.appendTimes(to: &payload)
  } catch {
    payload.removeAll()
  }
  do {
    try unsafe device.publish(payload.span, to: .events)
  } catch {
    unsafe probeAnswers[15] &+= 1
  }
}
