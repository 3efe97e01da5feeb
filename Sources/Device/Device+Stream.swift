import Bytes
import MQTTClient
public import Platform
import TLS
import TimeKeeping
public import Units

// The TCP connection and the TLS handshake on it.
extension Device where Backend: ~Copyable {
  /// Records for the cloud.
  public var bytesToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get { backend.recordsToSend }
  }

  /// The first `count` bytes of `bytesToSend` went out; zero says that there was no room.
  public mutating func sent(_ count: Int, now: Instant) {
    if case .abandoned = stream.state { return stream.state = .abandoned(hasLastWords: false) }
    if count == 0 {
      stream.writeIsBlocked = true
    } else {
      backend.recordsSent(count)
      stream.engineIsBehind = true
    }
  }

  /// Where to put bytes from the cloud.
  public var receiveSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get { backend.recordSpace() }
  }

  /// The first `count` bytes of `receiveSpace` were filled; zero says that nothing had arrived.
  public mutating func received(_ count: Int, now: Instant) {
    if count == 0 {
      stream.readIsBlocked = true
      mqtt.received(0, now: now)
    } else {
      backend.recordsReceived(count)
      stream.engineIsBehind = true
    }
  }

  /// The stream is connected, or not yet.
  public mutating func connectionChecked(_ isConnected: Bool, now: Instant) {
    guard phase == .connecting, case .opening = stream.state else { return }
    guard isConnected else {
      return stream.state = .opening(nextCheck: now + Limits.connectionPoll)
    }
    stream.state = .open
    move(on: .connected, now: now)
    guard let time = time(at: now) else { return fail(.timedOut(.synchronizing), now: now) }
    do { try backend.open(host: configuration.cloudHost.span, at: time) } catch {
      return fail(.security(error), now: now)
    }
    stream.engineIsBehind = true
  }

  /// The stream is gone, or could not be opened.
  public mutating func streamFailed(_ kind: PlatformFailureKind, now: Instant) {
    switch phase {
    case .connecting, .securing, .joining, .online, .draining: fail(.stream(kind), now: now)
    case .closing: finishClosing(now: now)
    case .seeding, .waiting, .synchronizing, .signing, .resolving, .halted:
      // Last words that nobody heard.
      if case .abandoned = stream.state { stream.state = .abandoned(hasLastWords: false) }
    }
  }

  /// Has the caller drop the connection, after an alert if there is one to send.
  mutating func abandonStream(hasLastWords: Bool) {
    if case .closed = stream.state { return }
    stream.state = .abandoned(hasLastWords: hasLastWords && !backend.recordsToSend.isEmpty)
  }

  /// What an abandoned connection needs of the caller, or nil if there is none.
  mutating func dropStep() -> DeviceStep? {
    guard case .abandoned(let hasLastWords) = stream.state else { return nil }
    if hasLastWords { return .transmit }
    backend.reset()
    stream = StreamLink()
    return .disconnect
  }

  mutating func connectingStep(now: Instant) -> DeviceStep? {
    guard now < phaseDeadline else {
      fail(.timedOut(phase), now: now)
      return nil
    }
    switch stream.state {
    case .closed:
      guard time(at: now) != nil, let cloudAddress else {
        move(on: .clockLost, now: now)
        return nil
      }
      stream.state = .opening(nextCheck: now)
      endpoint = Endpoint(address: cloudAddress, port: configuration.cloudPort)
      return .connect
    case .opening(let nextCheck): return now >= nextCheck ? .checkConnection : .sleep
    case .open, .abandoned: preconditionFailure("a connection is left from before")
    }
  }

  mutating func securingStep(now: Instant) -> DeviceStep? {
    if stream.engineIsBehind { return .compute(.handshake) }
    if !backend.recordsToSend.isEmpty, !stream.writeIsBlocked { return .transmit }
    if !stream.readIsBlocked, !backend.recordSpace().isEmpty { return .receive }
    guard now < phaseDeadline else {
      fail(.timedOut(phase), now: now)
      return nil
    }
    return .sleep
  }

  mutating func advanceHandshake(now: Instant) {
    stream.engineIsBehind = false
    switch backend.advance() {
    case .handshaking: break
    case .open:
      move(on: .secured, now: now)
      join(now: now)
    case .failed(let reason): fail(.security(reason), now: now)
    case .idle: preconditionFailure("the handshake was started")
    }
  }
}
