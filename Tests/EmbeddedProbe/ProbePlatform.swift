import Bytes
import Metering
import Platform
import Units

/// A platform whose answers the optimizer cannot foresee.
struct ProbePlatform: ~Copyable {
  private var times = StateTimes(at: Instant(milliseconds: 0))

  struct Failure: PlatformFailure {
    var kind: PlatformFailureKind { answer(0) == 0 ? .refused : .closed }
  }
}

/// What the world answers; public, so that anybody may have changed it.
nonisolated(unsafe) public var probeAnswers = [16 of Int](repeating: 0)

/// The answer at `index`.
func answer(_ index: Int) -> Int { unsafe probeAnswers[index] }

extension ProbePlatform: MonotonicClock {
  mutating func now() -> Instant { Instant(milliseconds: UInt64(truncatingIfNeeded: answer(1))) }
}

extension ProbePlatform: EntropySource {
  mutating func fillEntropy(_ space: inout MutableSpan<UInt8>) throws(Failure) {
    guard answer(2) > 0 else { throw Failure() }
    space.update(repeating: UInt8(truncatingIfNeeded: answer(2)))
  }
}

extension ProbePlatform: NameResolver {
  mutating func resolve(_ host: Span<UInt8>) throws(Failure) -> Resolution {
    guard answer(3) > host.count else { throw Failure() }
    return .address(.v4(.init(repeating: UInt8(truncatingIfNeeded: answer(3)))))
  }
}

extension ProbePlatform: ByteStream {
  mutating func connect(to endpoint: Endpoint) throws(Failure) {
    guard answer(4) > Int(endpoint.port) else { throw Failure() }
  }
  mutating func isConnected() throws(Failure) -> Bool { answer(5) > 0 }
  mutating func write(_ bytes: Span<UInt8>) throws(Failure) -> Int {
    guard answer(6) > 0 else { throw Failure() }
    return min(answer(6), bytes.count)
  }
  mutating func read(into space: inout MutableSpan<UInt8>) throws(Failure) -> Int {
    guard answer(7) > 0 else { throw Failure() }
    return min(answer(7), space.count)
  }
  mutating func disconnect() {}
}

extension ProbePlatform: DatagramSocket {
  mutating func openDatagrams(to endpoint: Endpoint) throws(Failure) {
    guard answer(8) > Int(endpoint.port) else { throw Failure() }
  }
  mutating func send(_ datagram: Span<UInt8>) throws(Failure) {
    guard answer(9) > datagram.count else { throw Failure() }
  }
  mutating func receive(into space: inout MutableSpan<UInt8>) throws(Failure) -> Int {
    guard answer(10) > 0 else { throw Failure() }
    return min(answer(10), space.count)
  }
  mutating func closeDatagrams() {}
}

extension ProbePlatform: FlashRegion {
  var flashGeometry: FlashGeometry {
    FlashGeometry(programUnit: 8, blockSize: 4_096, blockCount: 4)
  }
  mutating func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(Failure) {
    guard answer(11) > offset else { throw Failure() }
    space.update(repeating: UInt8(truncatingIfNeeded: answer(11)))
  }
  mutating func program(_ bytes: Span<UInt8>, at offset: Int) throws(Failure) {
    guard answer(11) > offset &+ bytes.count else { throw Failure() }
  }
  mutating func erase(block: Int) throws(Failure) {
    guard answer(11) > block else { throw Failure() }
  }
}

extension ProbePlatform: PowerStateMeter {
  mutating func enter(_ state: PowerState) {
    let moment = now()
    times.enter(state, at: moment)
  }

  /// Puts the record of the times into a payload, as an application does.
  mutating func appendTimes(to payload: inout FixedBytes<96>) throws(Overflow) {
    let moment = now()
    times.count(until: moment)
    try times.append(to: &payload)
  }
}

extension ProbePlatform: Watchdog {
  mutating func feedWatchdog() { unsafe probeAnswers[12] &+= 1 }
}
