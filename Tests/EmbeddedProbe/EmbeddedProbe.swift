import Bytes
import Device
import MbedTLSAdapter
import Platform
import PlatformConformance
import Units

// Everything generic of the core, instantiated once and reachable from four C functions, so that the
// embedded gates see the code that a board would run. Nothing here is ever executed.

/// The memory that a board would set aside for the library's contexts.
nonisolated(unsafe) public var probeMemory = [16384 of UInt64](repeating: 0)
/// What the world answers; public, so that the optimizer knows nothing of it.
nonisolated(unsafe) public var probeAnswers = [64 of Int](repeating: 0)
nonisolated(unsafe) private var device: Device<MbedTLSBackend>?

/// Creates the device.
@c public func probe_start() {
  unsafe probeMemory.mutableSpan.withUnsafeMutableBufferPointer { memory in
    let bytes = unsafe UnsafeMutableRawBufferPointer(memory)
    let half = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[0..<65536])
    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[65536...])
    let roots = MbedTLSRoots(unsafeStorage: half)
    let backend = MbedTLSBackend(unsafeStorage: rest, roots: roots)
    guard
      let configuration = try? DeviceConfiguration(
        profile: .google, names: DeviceNames(), cloudHost: "cloud".bytes,
        timeFloor: UnixTime(seconds: 0))
    else { return }
    unsafe device = Device(configuration: configuration, backend: backend)
  }
}
