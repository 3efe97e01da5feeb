import Bytes
import Cryptography
import Jitter
import Platform
import TimeKeeping
public import Units

// The exchange with a time server, which goes on beside all phases but the idle ones.
extension Device where Backend: ~Copyable {
  /// The question for the time server.
  public var datagramToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get { synchronizer.bytesToSend }
  }

  /// `datagramToSend` went out.
  public mutating func datagramSent(now: Instant) {
    let count = synchronizer.bytesToSend.count
    synchronizer.sent(count, now: now)
  }

  /// Where to put a datagram from the time server.
  public var datagramSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get { synchronizer.receiveSpace }
  }

  /// A datagram of `count` bytes was put in `datagramSpace`; zero says that there was none.
  public mutating func datagramReceived(_ count: Int, now: Instant) {
    if count == 0 { timeLink.receiveIsBlocked = true }
    synchronizer.received(count, now: now)
    noteTimeEvent(now: now)
  }

  /// The datagram socket cannot be used.
  public mutating func datagramsFailed(now: Instant) { abandonTimeExchange(now: now) }

  /// What the exchange needs of the caller, or nil if nothing.
  mutating func timeStep(now: Instant) -> DeviceStep? {
    switch timeLink.state {
    case .idle:
      guard wantsTime else { return nil }
      if !synchronizer.hasServer, now >= timeServersRetryAt { synchronizer.reset() }
      return synchronizer.isDue(now) ? beginTimeExchange(now: now) : nil
    case .resolving(_, let nextCheck, let deadline):
      guard now < deadline else {
        abandonTimeExchange(now: now)
        return nil
      }
      guard now >= nextCheck else { return nil }
      lookup = .timeServer
      return .resolve
    case .opening(let server):
      endpoint = server
      timeLink.state = .exchanging
      timeLink.receiveIsBlocked = false
      return .openDatagrams
    case .exchanging: return exchangeStep(now: now)
    case .closing:
      timeLink.state = .idle
      return .closeDatagrams
    }
  }

  /// When the exchange has something to do.
  func timeDeadline(now: Instant) -> Instant {
    switch timeLink.state {
    case .idle where !wantsTime: .never
    case .idle: synchronizer.hasServer ? synchronizer.deadline(now) : timeServersRetryAt
    case .resolving(_, let nextCheck, let deadline): min(nextCheck, deadline)
    case .exchanging: synchronizer.deadline(now)
    case .opening, .closing: now
    }
  }

  mutating func timeServerResolved(_ resolution: Resolution, now: Instant) {
    guard case .resolving(let server, _, let deadline) = timeLink.state else { return }
    switch resolution {
    case .pending:
      timeLink.state = .resolving(
        server: server, nextCheck: now + Limits.resolverPoll, deadline: deadline)
    case .address(let address):
      let port = configuration.timeServers.port(at: server)
      timeLink.state = .opening(Endpoint(address: address, port: port))
    }
  }

  mutating func abandonTimeExchange(now: Instant) {
    synchronizer.abandon(now: now)
    noteTimeEvent(now: now)
    closeTimeLink()
  }

  /// Ends an exchange for which nobody waits any more.
  mutating func quitTimeExchange(now: Instant) {
    synchronizer.reset()
    closeTimeLink()
  }

  private mutating func closeTimeLink() {
    switch timeLink.state {
    case .exchanging, .closing: timeLink.state = .closing
    case .idle, .resolving, .opening: timeLink.state = .idle
    }
  }

  /// While it only waits or has stopped, a device uses no network.
  private var wantsTime: Bool {
    switch phase {
    case .seeding, .waiting, .halted: false
    case .synchronizing, .signing, .resolving, .connecting, .securing, .joining, .online, .draining,
      .closing:
      !entropyIsStale
    }
  }

  private mutating func beginTimeExchange(now: Instant) -> DeviceStep? {
    let nonce: UInt64
    do { nonce = try backend.random64() } catch {
      entropyIsStale = true
      return now >= entropyRetryAt ? .gatherEntropy : nil
    }
    let server = synchronizer.begin(nonce: nonce, jitter: jitter.next(), now: now)
    timeLink.state = .resolving(server: server, nextCheck: now, deadline: now + Limits.resolution)
    lookup = .timeServer
    return .resolve
  }

  private mutating func exchangeStep(now: Instant) -> DeviceStep? {
    // What lies in the socket counts, even if it is found after the deadline.
    if now >= synchronizer.deadline(now), timeLink.receiveIsBlocked {
      synchronizer.expired(now: now)
      noteTimeEvent(now: now)
    }
    switch synchronizer.step() {
    case .transmit: return .sendDatagram
    case .receive: return timeLink.receiveIsBlocked ? nil : .receiveDatagram
    case .stop:
      timeLink.state = .idle
      return .closeDatagrams
    }
  }

  private mutating func noteTimeEvent(now: Instant) {
    switch synchronizer.nextEvent() {
    case nil: return
    case .synchronized(_, let uncertainty):
      counters.synchronizations += 1
      notices.append(.synchronized(uncertainty: uncertainty))
    case .sampleRefused, .answerRejected, .kissOfDeath, .timedOut:
      if !synchronizer.hasServer { timeServersRetryAt = now + Limits.timeServersRetry }
      counters.timeRejections += 1
      notices.append(.timeRejected)
    }
  }
}
