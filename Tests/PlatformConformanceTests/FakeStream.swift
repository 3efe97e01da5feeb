import Platform
import Units

/// A connection to an echo in memory, with little room and a delay.
struct FakeStream: ByteStream, MonotonicClock {
  enum Defect: CaseIterable {
    case neverConnects, failsToConnect, throwsWhenNothingArrived, inventsBytes
    case losesBytes, swapsBytes, takesMoreThanGiven, neverSends, givesMoreThanFits
    case keepsOldBytes, cannotConnectAgain, breaksOnSecondDisconnect
    case connectsToTheDead, hangsOnTheDead, blamesHardwareForTheDead
    case saysClosedBeforeTheBytes, neverSaysClosed, saysUnreachableForClosed, standsStill
  }

  let defect: Defect?
  private var clock = FakeClock()
  private var endpoint: Endpoint?
  private var bytes: [UInt8] = []
  private var polls = 0
  private var connections = 0
  private var isBroken = false

  init(_ defect: Defect? = nil) {
    self.defect = defect
    if defect == .standsStill { clock.defect = .standsStill }
  }

  mutating func now() -> Instant { clock.now() }

  mutating func connect(to endpoint: Endpoint) throws(FakeFailure) {
    if defect == .failsToConnect || isBroken { throw FakeFailure(kind: .exhausted) }
    if defect == .cannotConnectAgain, connections > 1 { throw FakeFailure(kind: .exhausted) }
    self.endpoint = endpoint
    connections += 1
    polls = 0
    if defect != .keepsOldBytes { bytes = [] }
    if endpoint.port == Endpoint.farewell.port { bytes = [1, 2, 3] }
  }

  mutating func isConnected() throws(FakeFailure) -> Bool {
    polls += 1
    if defect == .neverConnects || defect == .standsStill { return false }
    guard let endpoint else { throw FakeFailure(kind: .closed) }
    if endpoint.port == Endpoint.dead.port {
      switch defect {
      case .connectsToTheDead: return true
      case .hangsOnTheDead: return false
      case .blamesHardwareForTheDead: throw FakeFailure(kind: .hardware)
      default: throw FakeFailure(kind: .refused)
      }
    }
    return polls > 10
  }

  mutating func write(_ bytes: Span<UInt8>) throws(FakeFailure) -> Int {
    precondition(!bytes.isEmpty)
    let count = min(bytes.count, 100 - self.bytes.count)
    guard defect != .neverSends, count > 0 else { return 0 }
    for index in 0..<count { self.bytes.append(bytes[index]) }
    if defect == .losesBytes, count > 1 { self.bytes.removeLast() }
    if defect == .swapsBytes, count > 1 {
      self.bytes.swapAt(self.bytes.count - 1, self.bytes.count - 2)
    }
    return defect == .takesMoreThanGiven ? bytes.count + 1 : count
  }

  mutating func read(into space: inout MutableSpan<UInt8>) throws(FakeFailure) -> Int {
    precondition(!space.isEmpty)
    if endpoint?.port == Endpoint.farewell.port { try say() }
    if defect == .inventsBytes { return 1 }
    if bytes.isEmpty {
      if defect == .throwsWhenNothingArrived { throw FakeFailure(kind: .closed) }
      return defect == .givesMoreThanFits ? space.count + 1 : 0
    }
    let count = min(space.count, bytes.count)
    for index in 0..<count { space[index] = bytes[index] }
    bytes.removeFirst(count)
    return count
  }

  mutating func disconnect() {
    if defect == .breaksOnSecondDisconnect, endpoint == nil { isBroken = true }
    endpoint = nil
  }

  /// The peer has closed: throws as soon as everything, or as the defect wants, was read.
  private mutating func say() throws(FakeFailure) {
    if defect == .neverSaysClosed { return }
    if defect == .saysClosedBeforeTheBytes { throw FakeFailure(kind: .closed) }
    if bytes.isEmpty {
      throw FakeFailure(kind: defect == .saysUnreachableForClosed ? .unreachable : .closed)
    }
  }
}
