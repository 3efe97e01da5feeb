import Foundation
import NIOCore
import NIOSSL
import NIOTLS
import Wire

/// One client's connection: the order of packets, the timers, and the way it ends.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = PacketDecoder.SizedPacket
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  /// How many packets a client may send before the answer to its CONNECT.
  static let pendingMaximum = 64

  private let broker: Broker
  private let link: Link
  private var state = State.awaitingConnect
  private var context: ChannelHandlerContext?
  private var hasHandshake = false
  private var packetCount = 0
  private var bytesReceived = 0
  private var bytesSent = 0
  private var heldAcknowledgements: [MQTT.PacketID] = []
  private var lastPacket = NIODeadline.now()
  private var timers: [Scheduled<Void>] = []
  private var keepAliveTimer: Scheduled<Void>?

  private enum State {
    /// Nothing but CONNECT may come.
    case awaitingConnect
    /// The token is being checked; what comes meanwhile waits.
    case admitting(pending: [Packet])
    /// The session of this device is open.
    case connected(device: String)
    /// The end has begun, for this reason.
    case closed(device: String?, CloseReason)
  }

  init(broker: Broker, link: Link) {
    self.broker = broker
    self.link = link
  }

  // MARK: Events from the network

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelActive(context: ChannelHandlerContext) {
    after(TimeAmount(broker.options.connectTimeout)) { handler in
      guard case .awaitingConnect = handler.state else { return }
      handler.close(.connectTimeout)
    }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let sized = unwrapInboundIn(data)
    packetCount += 1
    bytesReceived += sized.byteCount
    lastPacket = .now()
    take(sized.packet)
    if let limit = broker.withState({ $0.conduct.packetsUntilDrop }), packetCount >= limit {
      reset(.ordered)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    flush()
    context.fireChannelReadComplete()
  }

  func channelInactive(context: ChannelHandlerContext) {
    for timer in timers { timer.cancel() }
    keepAliveTimer?.cancel()
    countBytes()
    end(.lost)
    guard case .closed(let device, let reason) = state else { return }
    broker.withState { $0.close(link, device: device, reason: reason) }
    broker.logger.debug(
      "connection ended",
      metadata: ["device": "\(device ?? "?")", "reason": "\(reason.rawValue)"])
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent {
      hasHandshake = true
      broker.withState { $0.statistics.handshakes += 1 }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case MQTT.Malformed.protocolLevel, MQTT.Malformed.protocolName:
      guard case .awaitingConnect = state else { return close(.malformed) }
      broker.refuseUnreadable(.protocolVersion)
      refuse(.protocolVersion)
    case is MQTT.Malformed: close(.malformed)
    case is PacketDecoder.TooLarge: close(.packetTooLarge)
    default: close(hasHandshake ? .lost : .handshake)
    }
    flush()
  }

  // MARK: Orders from elsewhere

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard let order = event as? Link.Order else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    switch order {
    case .deliver(let deliveries): for delivery in deliveries { send(.publish(delivery)) }
    case .sendBytes(let bytes): send(bytes: bytes)
    case .releaseAcknowledgements: releaseAcknowledgements(heldAcknowledgements.count)
    case .close(let reason): close(reason)
    case .reset(let reason): reset(reason)
    }
    flush()
    promise?.succeed()
  }

  // MARK: Packets

  private func take(_ packet: Packet) {
    switch state {
    case .awaitingConnect:
      guard case .connect(let request) = packet else { return close(.protocolViolation) }
      admit(request)
    case .admitting(var pending):
      guard pending.count < Self.pendingMaximum else { return close(.protocolViolation) }
      pending.append(packet)
      state = .admitting(pending: pending)
    case .connected(let device):
      // A connection that was taken over only waits for its end.
      guard broker.withState({ $0.isCurrent(link, device: device) }) else { return }
      take(packet, from: device)
    case .closed: return
    }
  }

  private func take(_ packet: Packet, from device: String) {
    switch packet {
    case .publish(let message): publish(message, from: device)
    case .puback(let packetID): broker.withState { $0.acknowledge(packetID, from: device) }
    case .subscribe(let packetID, let requests):
      send(.suback(packetID, broker.withState { $0.subscribe(requests, device: device) }))
    case .unsubscribe(let packetID, let filters):
      broker.withState { $0.unsubscribe(filters, device: device) }
      send(.unsuback(packetID))
    case .pingreq:
      broker.withState { $0.statistics.pings += 1 }
      send(.pingresp)
    case .disconnect: close(.disconnected)
    case .exactlyOnce: close(.qualityUnsupported)
    case .connect, .fromServer: close(.protocolViolation)
    }
  }

  private func publish(_ message: PublishedMessage, from device: String) {
    guard let acknowledging = broker.withState({ $0.publish(message, from: device) }) else {
      return close(.topicForbidden)
    }
    guard let packetID = message.packetID else { return }
    heldAcknowledgements.append(packetID)
    switch acknowledging {
    case .now: releaseAcknowledgements(heldAcknowledgements.count)
    case .after(let delay):
      // Not among the timers, which are few; one that comes too late does nothing.
      _ = schedule(TimeAmount(delay)) { handler in
        handler.releaseAcknowledgements(1)
        handler.flush()
      }
    case .onRelease: break
    }
  }

  /// Sends the oldest `count` acknowledgements that wait, or all if there are fewer.
  private func releaseAcknowledgements(_ count: Int) {
    guard case .connected(let device) = state else { return }
    for packetID in heldAcknowledgements.prefix(count) {
      send(.puback(packetID))
      broker.withState { $0.countAcknowledgement(to: device) }
    }
    heldAcknowledgements.removeFirst(min(count, heldAcknowledgements.count))
  }

  // MARK: Admission

  private func admit(_ request: ConnectRequest) {
    guard let context else { return }
    state = .admitting(pending: [])
    let broker = broker
    let verdict = context.eventLoop.makeFutureWithTask {
      let verdict = await broker.admit(request)
      let delay = broker.withState { $0.conduct.connectAnswerDelay }
      // A sleep ends early only with its task, which nobody cancels.
      if delay > .zero { try? await Task.sleep(for: delay) }
      return verdict
    }
    verdict.assumeIsolated().whenSuccess { verdict in self.answer(request, verdict) }
  }

  private func answer(
    _ request: ConnectRequest, _ verdict: Result<Broker.Admission, RefusalReason>
  ) {
    guard case .admitting(let pending) = state else { return }
    switch verdict {
    case .failure(let reason): refuse(reason)
    case .success(let admission):
      let device = admission.device
      let isPresent = broker.withState {
        $0.attach(link, device: device, cleanSession: request.cleanSession)
      }
      state = .connected(device: device)
      send(.connack(MQTT.Connack(sessionPresent: isPresent, returnCode: .accepted)))
      startTimers(keepAliveSeconds: request.keepAliveSeconds, closing: admission.closing)
      broker.logger.debug("connected", metadata: ["device": "\(device)"])
      for packet in pending { take(packet) }
    }
    flush()
  }

  private func refuse(_ reason: RefusalReason) {
    send(.connack(MQTT.Connack(sessionPresent: false, returnCode: reason.returnCode)))
    flush()
    close(.refused)
  }

  // MARK: Timers

  private func startTimers(keepAliveSeconds: UInt16, closing: Date) {
    let untilClosing = max(0, closing.timeIntervalSince(broker.options.now()))
    after(.nanoseconds(Int64(min(untilClosing, 1e9) * 1e9))) { $0.close(.tokenExpired) }
    let maximum = broker.options.keepAliveMaximum
    let wanted: Duration = keepAliveSeconds == 0 ? maximum : .seconds(Int(keepAliveSeconds))
    watchSilence(limit: TimeAmount(min(wanted, maximum) * broker.options.keepAliveFactor))
  }

  private func watchSilence(limit: TimeAmount) {
    let remaining = max(.zero, lastPacket + limit - .now())
    keepAliveTimer = schedule(remaining) { handler in
      if NIODeadline.now() - handler.lastPacket >= limit {
        handler.close(.keepAlive)
      } else {
        handler.watchSilence(limit: limit)
      }
    }
  }

  private func after(_ delay: TimeAmount, _ body: @escaping (ConnectionHandler) -> Void) {
    if let timer = schedule(delay, body) { timers.append(timer) }
  }

  private func schedule(
    _ delay: TimeAmount, _ body: @escaping (ConnectionHandler) -> Void
  ) -> Scheduled<Void>? {
    context?.eventLoop.assumeIsolated().scheduleTask(in: delay) { [weak self] in
      if let self { body(self) }
    }
  }

  // MARK: Output

  private func send(_ packet: OutgoingPacket) { send(bytes: packet.encoded()) }

  private func send(bytes: [UInt8]) {
    guard let context else { return }
    if case .closed = state { return }
    bytesSent += bytes.count
    context.write(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }

  private func flush() {
    context?.flush()
    countBytes()
  }

  private func countBytes() {
    guard bytesReceived > 0 || bytesSent > 0 else { return }
    broker.withState {
      $0.statistics.bytesReceived += bytesReceived
      $0.statistics.bytesSent += bytesSent
    }
    bytesReceived = 0
    bytesSent = 0
  }

  // MARK: Ends

  private func end(_ reason: CloseReason) {
    switch state {
    case .awaitingConnect, .admitting: state = .closed(device: nil, reason)
    case .connected(let device): state = .closed(device: device, reason)
    case .closed: break
    }
  }

  private func close(_ reason: CloseReason) {
    end(reason)
    context?.close(promise: nil)
  }

  /// Ends the connection as a crash would: unsent bytes are lost, TLS and TCP say no farewell.
  private func reset(_ reason: CloseReason) {
    end(reason)
    guard let context else { return }
    if let socket = context.channel as? any SocketOptionProvider {
      _ = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    }
    // Closing in front of the TLS handler keeps it from taking its leave.
    let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
    (tls ?? context).close(promise: nil)
  }
}
