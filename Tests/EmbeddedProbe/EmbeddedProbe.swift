import Bytes
import Device
import DeviceImage
import DeviceImage
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
  guard configure() else { return }
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

/// Takes the device's identity from memory, of which nobody knows what is in it.
private func configure() -> Bool {
  let memory = unsafe UnsafeRawBufferPointer(memory(0..<8_192))
  let bytes = unsafe memory.bindMemory(to: UInt8.self)
  // Nobody else uses the memory meanwhile.
  let flash = unsafe Span(_unsafeElements: bytes)
  let image: DeviceImage
  do { image = try DeviceImage(flash) } catch { return false }
  var roots = image.rootCertificates
  while let root = roots.next() { unsafe probeAnswers[12] &+= root.count }
  unsafe probeAnswers[12] &+= image.privateKey.count &+ image.hardwareAddress.count
  do { try unsafe device.configure(from: image, outboxBlocks: 0..<4) } catch { return false }
  return true
}

private func handleEvents() {
  while true {
    switch unsafe device.nextEvent() {
    case .none: return
    case .message(_, let topic, let payload):
      unsafe probeAnswers[13] = topic.count &+ payload.count
    case .synchronized, .timeRejected, .tokenSigned, .online, .offline, .acknowledged, .dropped,
      .oversized, .subscriptionRefused:
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
    try unsafe device.publish(payload.span, to: .events, on: &platform)
  } catch {
    unsafe probeAnswers[15] &+= 1
  }
}
