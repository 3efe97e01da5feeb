import FlashTestSupport
import Jitter
import Platform
import Units
import Wire

/// A world for one device, in which time stands still until it is moved.
final class ModelWorld {
  /// What becomes of an attempt to connect.
  enum Reception {
    case accepts
    case refuses
    /// Nobody answers.
    case silence
  }

  /// The present in milliseconds since the device was switched on.
  var milliseconds: UInt64 = 5_000
  /// The date at the moment zero.
  var dateAtZero = UnixTime(seconds: 1_800_000_000)
  var random = SplitMix64(seed: 1)

  var entropyFails = false
  /// How often a lookup is pending before it is answered.
  var pendingLookups = 1
  var failingHosts: Set<String> = []
  private var lookups: [String: Int] = [:]

  var reception = Reception.accepts
  /// How long anything takes from the device to a server and back.
  var roundTrip: UInt64 = 80
  var readLimit = Int.max
  var writeLimit = Int.max
  /// The stream takes nothing.
  var isFull = false
  var link: Link?
  let broker = ModelBroker()

  var timeServers = [TimeServer](repeating: TimeServer(), count: 3)
  private var openServer: Int?
  private var datagrams: [(at: UInt64, bytes: [UInt8])] = []

  /// The flash; it stays when the device starts again.
  var flash = CuttableFlash(unit: 8, blockSize: 1_024, blockCount: 4)

  /// What happened, in order.
  var log: [String] = []
  /// How often the watchdog was fed in the present call of `drive`.
  var feedings = 0
  /// What a trap is to print, so that the run can be made again.
  var name = ""
  var powerStates: [PowerState] = []

  init() { broker.world = self }

  var date: UnixTime { dateAtZero + Interval(milliseconds: milliseconds) }

  /// The next moment at which something comes in.
  var nextDelivery: UInt64 {
    let datagram = datagrams.first { $0.at > milliseconds }?.at ?? .max
    return min(datagram, link?.nextDelivery(after: milliseconds) ?? .max)
  }

  func note(_ text: String) { log.append(text) }

  /// What the device held is gone; the broker learns nothing of it.
  func powerCut() {
    link?.isDropped = true
    link = nil
    openServer = nil
    datagrams = []
    lookups = [:]
    flash.restart()
  }
}

extension ModelWorld: MonotonicClock, EntropySource, NameResolver {
  func now() -> Instant { Instant(milliseconds: milliseconds) }

  func fillEntropy(_ space: inout MutableSpan<UInt8>) throws(ModelFailure) {
    if entropyFails { throw ModelFailure(.hardware) }
    for index in space.indices { space[index] = UInt8(truncatingIfNeeded: random.next()) }
  }

  func resolve(_ host: Span<UInt8>) throws(ModelFailure) -> Resolution {
    let host = String(decoding: copy(host), as: UTF8.self)
    if failingHosts.contains(host) { throw ModelFailure(.unknownName) }
    let count = lookups[host, default: 0]
    guard count >= pendingLookups else {
      lookups[host] = count + 1
      return .pending
    }
    lookups[host] = 0
    switch host {
    case "time-0": return .address(.v4([10, 0, 1, 0]))
    case "time-1": return .address(.v4([10, 0, 1, 1]))
    case "time-2": return .address(.v4([10, 0, 1, 2]))
    case "cloud": return .address(.v4([10, 0, 0, 1]))
    default: throw ModelFailure(.unknownName)
    }
  }
}

extension ModelWorld: ByteStream {
  func connect(to endpoint: Endpoint) throws(ModelFailure) {
    disconnect()
    note("connect")
    switch reception {
    case .accepts: link = Link(openAt: milliseconds + roundTrip)
    case .silence: link = Link(openAt: .max)
    case .refuses: throw ModelFailure(.refused)
    }
  }

  func isConnected() throws(ModelFailure) -> Bool {
    guard let link else { throw ModelFailure(.closed) }
    return milliseconds >= link.openAt
  }

  func write(_ bytes: Span<UInt8>) throws(ModelFailure) -> Int {
    precondition(!bytes.isEmpty, "nothing to write")
    guard let link else { throw ModelFailure(.closed) }
    if isFull { return 0 }
    let taken = copy(bytes.extracting(first: min(bytes.count, writeLimit)))
    if !link.isCut { broker.receive(taken, on: link) }
    return taken.count
  }

  func read(into space: inout MutableSpan<UInt8>) throws(ModelFailure) -> Int {
    precondition(!space.isEmpty, "no room to read into")
    guard let link else { throw ModelFailure(.closed) }
    let bytes = try link.take(min(space.count, readLimit), now: milliseconds)
    for index in bytes.indices { space[index] = bytes[index] }
    return bytes.count
  }

  func disconnect() {
    if link != nil { note("disconnect") }
    link?.isDropped = true
    link = nil
  }
}

extension ModelWorld: DatagramSocket {
  func openDatagrams(to endpoint: Endpoint) throws(ModelFailure) {
    guard case .v4(let bytes) = endpoint.address else { throw ModelFailure(.unreachable) }
    datagrams = []
    openServer = Int(bytes[3])
  }

  func send(_ datagram: Span<UInt8>) throws(ModelFailure) {
    guard let openServer else { throw ModelFailure(.closed) }
    note("ask time \(openServer)")
    let answers = timeServers[openServer].answers(
      to: copy(datagram), date: date + Interval(milliseconds: roundTrip / 2), random: &random)
    for answer in answers { datagrams.append((milliseconds + roundTrip, answer)) }
  }

  func receive(into space: inout MutableSpan<UInt8>) throws(ModelFailure) -> Int {
    precondition(!space.isEmpty, "no room for a datagram")
    guard openServer != nil else { throw ModelFailure(.closed) }
    guard let next = datagrams.first, next.at <= milliseconds else { return 0 }
    datagrams.removeFirst()
    let count = min(next.bytes.count, space.count)
    for index in 0..<count { space[index] = next.bytes[index] }
    return count
  }

  func closeDatagrams() {
    openServer = nil
    datagrams = []
  }

  /// True while the device holds a datagram socket.
  var hasDatagramSocket: Bool { openServer != nil }
}

extension ModelWorld: FlashRegion {
  var flashGeometry: FlashGeometry { flash.flashGeometry }

  func read(at offset: Int, into space: inout MutableSpan<UInt8>) throws(CuttableFlash.Failure) {
    try flash.read(at: offset, into: &space)
  }

  func program(_ bytes: Span<UInt8>, at offset: Int) throws(CuttableFlash.Failure) {
    try flash.program(bytes, at: offset)
  }

  func erase(block: Int) throws(CuttableFlash.Failure) { try flash.erase(block: block) }
}

extension ModelWorld: PowerStateMeter, Watchdog {
  func enter(_ state: PowerState) { powerStates.append(state) }

  func feedWatchdog() {
    feedings += 1
    // There is no way out of a loop that never ends but this one.
    precondition(feedings < 20_000, "drive spins; \(name); \(log.suffix(20))")
  }
}
