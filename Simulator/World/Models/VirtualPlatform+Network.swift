import Platform
import Scenarios
import Units
import Wire

// The way between device and cloud.
extension VirtualPlatform: NameResolver {
  mutating func resolve(_ host: Span<UInt8>) throws(WorldFailure) -> Resolution {
    // The names are "t0" to "t2" for time servers, and that of the cloud.
    let server = host.count == 2 && host[0] == UInt8(ascii: "t") ? host[1] : 0
    let address = IPAddress.v4([10, 0, server == 0 ? 0 : 1, server == 0 ? 1 : server - 47])
    guard let ready = resolvedAt else {
      resolvedAt = milliseconds + 2 * latency()
      return .pending
    }
    guard milliseconds >= ready, !isSilent, !faults.contains(.asymmetric) else { return .pending }
    resolvedAt = nil
    return .address(address)
  }

  /// The time one way, drawn anew.
  mutating func latency() -> UInt64 {
    let model = settings.scenario.network
    var time = network.draw(
      model.latencyMinimum.milliseconds...model.latencyMaximum.milliseconds)
    if faults.contains(.latency) { time += UInt64(faults.strength(.latency) * 1_000) }
    return time
  }

  /// True if a packet is lost.
  private mutating func losesPacket() -> Bool {
    var probability = settings.scenario.network.loss
    if faults.contains(.loss) { probability = max(probability, faults.strength(.loss)) }
    return network.happens(probability)
  }
}

extension VirtualPlatform: ByteStream {
  mutating func connect(to endpoint: Endpoint) throws(WorldFailure) {
    disconnect()
    recorder.result.connects.attempted += 1
    recorder.result.series.count(\.attempts, atMilliseconds: milliseconds)
    mix(2)
    note("tcp", "connect")
    link.isOpen = true
    link.latency = latency()
    link.isCaptive = faults.contains(.captivePortal)
    if !link.isCaptive, faults.contains(.brokerRestart) {
      link = Link()
      throw WorldFailure(.refused)
    }
    if isSilent || faults.contains(.asymmetric) {
      link.openAt = .max
    } else {
      let lost: UInt64 = losesPacket() ? Limits.retransmission : 0
      link.openAt = milliseconds + 2 * link.latency + lost
    }
  }

  mutating func isConnected() throws(WorldFailure) -> Bool {
    guard link.isOpen else { throw WorldFailure(.closed) }
    return milliseconds >= link.openAt
  }

  mutating func write(_ bytes: Span<UInt8>) throws(WorldFailure) -> Int {
    guard link.isOpen, !flash.isWithoutPower else { throw WorldFailure(.closed) }
    guard milliseconds < link.endsAt else { throw WorldFailure(.closed) }
    if isSilent || faults.contains(.asymmetric) {
      // The device's own TCP takes what its window has room for, and no more.
      let room = 4_096 - held.count
      let count = min(room, bytes.count)
      for index in 0..<count { held.append(bytes[index]) }
      return count
    }
    receiveAtCloud(bytes, delayed: 0)
    return bytes.count
  }

  /// The network lets through again what it held.
  mutating func releaseHeld() {
    guard !held.isEmpty, !isSilent, !faults.contains(.asymmetric) else { return }
    let bytes = held
    held.removeAll(keepingCapacity: true)
    if link.isOpen { receiveAtCloud(bytes.span, delayed: Limits.retransmission) }
  }

  private mutating func receiveAtCloud(_ bytes: Span<UInt8>, delayed: UInt64) {
    var delay = delayed
    if losesPacket() { delay += Limits.retransmission }
    let extra = faults.contains(.latency) ? UInt64(faults.strength(.latency) * 1_000) : 0
    link.lastArrival = max(link.lastArrival, milliseconds + link.latency + delay + extra)
    takeRecords(bytes)
  }

  mutating func read(into space: inout MutableSpan<UInt8>) throws(WorldFailure) -> Int {
    guard link.isOpen, !flash.isWithoutPower else { throw WorldFailure(.closed) }
    guard !isSilent else { return 0 }
    let count = downlink.take(into: &space, at: milliseconds)
    if count == 0, milliseconds >= link.endsAt { throw WorldFailure(.closed) }
    return count
  }

  mutating func disconnect() {
    guard link.isOpen else { return }
    mix(3)
    note("tcp", "disconnect")
    session.isConnected = false
    link = Link()
    downlink.removeAll()
    partial.removeAll(keepingCapacity: true)
    held.removeAll(keepingCapacity: true)
  }

  /// The cloud ends the connection; the device notices when the end has come to it.
  mutating func endConnection() {
    guard link.isOpen else { return }
    session.isConnected = false
    link.endsAt = min(link.endsAt, milliseconds + link.latency)
  }
}

extension VirtualPlatform: DatagramSocket {
  mutating func openDatagrams(to endpoint: Endpoint) throws(WorldFailure) {
    guard case .v4(let bytes) = endpoint.address else { throw WorldFailure(.unreachable) }
    askedServer = Int(bytes[3]) - 1
    answerAt = .max
  }

  mutating func send(_ datagram: Span<UInt8>) throws(WorldFailure) {
    guard let server = askedServer, !flash.isWithoutPower else { throw WorldFailure(.closed) }
    if let prices = settings.prices {
      meter.send(Limits.timeBytes - 28, at: milliseconds, for: .timeSync, prices)
    }
    mix(4, UInt64(server))
    note("time", "ask server \(server)")
    let oneWay = latency()
    guard !isSilent, !faults.contains(.asymmetric), !losesPacket() else { return }
    answerFromServer(server, datagram, oneWay: oneWay)
  }

  mutating func receive(into space: inout MutableSpan<UInt8>) throws(WorldFailure) -> Int {
    guard askedServer != nil, !flash.isWithoutPower else { throw WorldFailure(.closed) }
    guard answerAt <= milliseconds, !isSilent else { return 0 }
    answerAt = .max
    let count = min(answerCount, space.count)
    for index in 0..<count { space[index] = answer[index] }
    if let prices = settings.prices {
      meter.receive(Limits.timeBytes - 28, at: milliseconds, for: .timeSync, prices)
    }
    return count
  }

  mutating func closeDatagrams() {
    askedServer = nil
    answerAt = .max
  }
}
