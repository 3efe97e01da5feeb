import Platform
import Units

/// The world as the engine of a device sees it: the protocols of a platform over the model.
struct WorldPort {
  let world: UnsafeMutablePointer<WorldState>
}

extension WorldPort: MonotonicClock, EntropySource, NameResolver {
  @inline(__always)
  func now() -> Instant { Instant(milliseconds: world.pointee.localNow) }

  func fillEntropy(_ space: inout MutableSpan<UInt8>) throws(WorldFailure) {
    if world.pointee.faults.active.contains(.entropyLoss) { throw WorldFailure(.hardware) }
    for index in space.indices {
      space[index] = UInt8(truncatingIfNeeded: world.pointee.entropy.next() >> 24)
    }
  }

  func resolve(_ host: Span<UInt8>) throws(WorldFailure) -> Resolution {
    try world.pointee.resolve(host)
  }
}

extension WorldPort: ByteStream {
  func connect(to endpoint: Endpoint) throws(WorldFailure) {
    try world.pointee.connect(to: endpoint)
  }

  func isConnected() throws(WorldFailure) -> Bool { try world.pointee.isConnected() }

  @inline(__always)
  func write(_ bytes: Span<UInt8>) throws(WorldFailure) -> Int {
    try bytes.withUnsafeBytes { bytes throws(WorldFailure) in try world.pointee.write(bytes) }
  }

  @inline(__always)
  func read(into space: inout MutableSpan<UInt8>) throws(WorldFailure) -> Int {
    try space.withUnsafeMutableBytes { space throws(WorldFailure) in
      try world.pointee.read(into: space)
    }
  }

  func disconnect() { world.pointee.disconnect() }
}

extension WorldPort: DatagramSocket {
  func openDatagrams(to endpoint: Endpoint) throws(WorldFailure) {
    try world.pointee.openDatagrams(to: endpoint)
  }

  func send(_ datagram: Span<UInt8>) throws(WorldFailure) {
    try world.pointee.send(datagram: datagram)
  }

  func receive(into space: inout MutableSpan<UInt8>) throws(WorldFailure) -> Int {
    try world.pointee.receive(into: &space)
  }

  func closeDatagrams() { world.pointee.closeDatagrams() }
}

extension WorldPort: PowerStateMeter, Watchdog {
  @inline(__always)
  func enter(_ state: PowerState) {}

  @inline(__always)
  func feedWatchdog() {
    world.pointee.steps &+= 1
    if world.pointee.steps > Limits.driveSteps { world.pointee.spin() }
  }
}

extension WorldPort: FlashRegion {
  var flashGeometry: FlashGeometry { world.pointee.flash.geometry }

  func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(WorldFailure) {
    try world.pointee.readFlash(at: offset, into: &space)
  }

  func program(_ bytes: Span<UInt8>, at offset: Int) throws(WorldFailure) {
    try world.pointee.programFlash(bytes, at: offset)
  }

  func erase(block: Int) throws(WorldFailure) { try world.pointee.eraseFlash(block: block) }
}
