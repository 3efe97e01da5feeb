import Bytes
public import Units
public import Wire

/// The client's side of an MQTT 3.1.1 session, without I/O.
///
/// **How it is driven.** Once a transport is open, the caller tells the session by `connect`. Then,
/// until `step` says `close`: send `bytesToSend` and report it with `sent`; fill `receiveSpace` and
/// report it with `received`; take events with `nextEvent` until there is none; at `deadline` call
/// `expired`, then try to write and to read. When the transport is gone, call `connectionLost`. The
/// session outlives its connections: messages that were accepted wait here for the next one.
///
/// **What goes out.** There are two queues: control packets, and messages in an arena of encoded
/// packets. Control packets go first, but never into the middle of a message. A QoS 1 message stays
/// in the arena until its PUBACK. It is sent once per connection: TCP loses nothing, so to repeat
/// it on a live connection could only make things worse (section 4.4).
///
/// **What comes in.** One packet at a time is handled, at the front of the inbox. A message is lent
/// to the application; that it asks for the next event means that it has handled this one, and only
/// then the PUBACK is queued. A message is not handed out unless there is room for its PUBACK, so a
/// server that does not read is not read from either. A message longer than the inbox is skipped
/// while it streams in, and acknowledged, or else the server would send it again for ever.
///
/// **Time.** All waits are in one table. That a deadline passed is only a suspicion: what would
/// refute it may lie unread in the transport's buffer. So the session gives up only when the caller
/// finds nothing to read (`received(0)`) or no room to write (`sent(0)`) after the deadline.
public struct MQTTClient: ~Copyable {
  /// Plain cases, the first one the initial one: a value that starts as zeros costs no flash.
  private enum State {
    /// There is no connection.
    case offline
    /// CONNECT is on its way, or its answer.
    case connecting
    /// Packets flow.
    case connected
    /// `disconnect` was called; what was queued before still goes out.
    case closing
    /// DISCONNECT is on its way; nothing may follow it (section 3.14.4).
    case disconnecting
    /// The connection has ended in good order, or was refused.
    case closed
    /// The connection cannot go on, for the reason in `failure`.
    case failed
  }

  /// How far what was received has been looked at.
  private enum Input {
    /// Nothing more can be done until more arrives.
    case drained
    /// There may be an event in it.
    case unexamined
    /// There is one, which waits until there is room for an acknowledgement.
    case blocked
  }

  private var state = State.offline
  /// Why the state is `failed`; before that, the value whose bytes are all zero.
  private var failure = MQTTFailure.malformed(.protocolLevel(0))
  private var failureIsReported = false
  private var input = Input.drained

  private var inbox = Inbox()
  private var outbox = ControlOutbox()
  var messages = PublishQueue()
  private var pending = PendingSubscriptions()
  private var timers = TimerTable()

  private var lastMessageNumber: UInt16 = 0
  private var lastRequestNumber: UInt16 = 0
  /// The message whose PUBACK is queued when the application asks for the next event.
  private var unansweredNumber: UInt16 = 0
  /// The length of the message that is being skipped; zero without one.
  private var skippedByteCount = 0
  /// Its identifier; zero for QoS 0.
  private var skippedNumber: UInt16 = 0
  /// Where the PINGREQ that waits to be sent ends in the outbox's stream; zero without one.
  private var pingEndPosition: UInt64 = 0
  private var lastSentAt = Instant(milliseconds: 0)
  private var keepAlive = Interval.zero
  private var isCleanSession = false

  /// What the session has done since it was created.
  public private(set) var counters = MQTTCounters()

  /// A CONNECT packet, whose fields are borrowed.
  public typealias ConnectRequest = MQTT.Connect

  /// Creates a session without a connection, with nothing to send.
  public init() { Limits.check() }
}

// MARK: - Properties

extension MQTTClient {
  /// True from an accepted CONNACK until `disconnect`, a failure or the loss of the connection.
  public var isConnected: Bool { state == .connected }

  /// The number of QoS 1 messages that the server has not acknowledged, sent or not.
  public var unacknowledgedCount: Int { messages.unacknowledgedCount }

  /// True if nothing waits to be sent, acknowledged or answered.
  public var isDrained: Bool {
    messages.count == 0 && outbox.isEmpty && pending.isEmpty && unansweredNumber == 0
  }

  /// The moment at which to call `expired`, then to try to write and to read; `never` without one.
  public var deadline: Instant { timers.deadline }

  /// Says what the caller does next.
  public func step() -> Step {
    switch state {
    case .offline: return .idle
    case .closed: return .close
    case .failed: return failureIsReported ? .close : .event
    case .connecting, .connected, .closing, .disconnecting:
      if input == .unexamined { return .event }
      return bytesToSend.isEmpty ? .receive : .transmit
    }
  }

  /// What to send next: at most one message or several control packets, or a rest of them.
  public var bytesToSend: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      switch source {
      case .control: outbox.span
      case .messages: messages.bytesToSend
      case .nothing: outbox.span.extracting(first: 0)
      }
    }
  }

  /// Where to put bytes from the server; empty while none are wanted, and then do not read.
  public var receiveSpace: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get {
      if isTakingInput { return inbox.freeSpace }
      return MutableSpan()
    }
  }

  private enum Source {
    case nothing
    case control
    case messages
  }

  private var source: Source {
    switch state {
    case .offline, .closed, .failed: return .nothing
    case .connecting, .disconnecting: return outbox.isEmpty ? .nothing : .control
    case .connected, .closing:
      if messages.isSending { return .messages }
      if !outbox.isEmpty { return .control }
      return messages.hasQueued ? .messages : .nothing
    }
  }

  private var isTakingInput: Bool {
    switch state {
    case .connecting, .connected, .closing: true
    case .offline, .disconnecting, .closed, .failed: false
    }
  }
}

// MARK: - What the application wants

extension MQTTClient {
  /// Opens the session over a transport that was opened just now; an earlier connection is lost.
  public mutating func connect(
    _ request: borrowing ConnectRequest, now: Instant
  ) throws(ConnectFailure) {
    connectionLost()
    do { try outbox.append(request) } catch { throw .tooLarge }
    state = .connecting
    isCleanSession = request.cleanSession
    keepAlive = Interval(seconds: UInt64(request.keepAliveSeconds))
    lastSentAt = now
    timers.start(.connack, at: now + Limits.connackTimeout)
  }

  /// Accepts a message of QoS 0 or 1 and returns the identifier that `acknowledged` will name.
  ///
  /// A QoS 1 message is accepted with and without a connection, and stays until the server has
  /// acknowledged it. For QoS 0 the result is nil.
  @discardableResult
  public mutating func publish(
    topic: Span<UInt8>, payload: Span<UInt8>, quality: MQTT.QualityOfService, retain: Bool = false
  ) throws(PublishFailure) -> MQTT.PacketID? {
    precondition(quality != .exactlyOnce, "QoS 2 is not supported")
    guard MQTT.TopicName.isValid(topic) else { throw .invalidTopic }
    guard quality != .atMostOnce || isConnected else { throw .notConnected }
    let packetID = quality == .atMostOnce ? nil : unusedMessageID
    let message = MQTT.Publish(
      topic: topic, payload: payload, quality: quality, packetID: packetID, retain: retain)
    try messages.append(message)
    if let packetID { lastMessageNumber = packetID.rawValue }
    return packetID
  }

  /// Asks for messages that match `filter`, of QoS 0 or at most 1.
  ///
  /// The answer is an event with the identifier returned. A subscription that is not answered when
  /// the connection is lost is forgotten: ask again after `connected`.
  public mutating func subscribe(
    _ filter: Span<UInt8>, quality: MQTT.QualityOfService
  ) throws(SubscribeFailure) -> MQTT.PacketID {
    precondition(quality != .exactlyOnce, "QoS 2 is not supported")
    return try request(.subscribe(quality), filter: filter)
  }

  /// Asks for no more messages that match `filter`; answered and forgotten like `subscribe`.
  public mutating func unsubscribe(
    _ filter: Span<UInt8>
  ) throws(SubscribeFailure) -> MQTT.PacketID {
    try request(.unsubscribe, filter: filter)
  }

  /// Ends the connection in good order, once everything queued was sent: `step` says `close` then.
  ///
  /// It does not wait for acknowledgements; those messages stay. No effect without a connection.
  public mutating func disconnect() {
    switch state {
    case .connecting: end(.closed)
    case .connected:
      state = .closing
      advanceClosing()
    case .offline, .closing, .disconnecting, .closed, .failed: break
    }
  }

  /// Forgets every message that was accepted; only without a connection.
  public mutating func discardSession() {
    precondition(state == .offline)
    messages.removeAll()
  }

  private mutating func request(
    _ request: PendingSubscription.Request, filter: Span<UInt8>
  ) throws(SubscribeFailure) -> MQTT.PacketID {
    guard MQTT.TopicFilter.isValid(filter) else { throw .invalidFilter }
    guard isConnected else { throw .notConnected }
    guard !pending.isFull else { throw .full }
    let packetID = unusedRequestID
    try outbox.append(request, filter: filter, packetID: packetID)
    lastRequestNumber = packetID.rawValue
    pending.append(request, packetID: packetID, endPosition: outbox.endPosition)
    return packetID
  }

  /// An identifier for a message, from the lower half of all: there are far fewer messages.
  private var unusedMessageID: MQTT.PacketID {
    var number = lastMessageNumber
    while true {
      number = number >= Limits.messageNumberMaximum ? 1 : number + 1
      if let packetID = MQTT.PacketID(number), !messages.contains(packetID) { return packetID }
    }
  }

  /// An identifier for a request, from the upper half, so that it is never that of a message, which
  /// may wait elsewhere with an identifier of its own.
  private var unusedRequestID: MQTT.PacketID {
    var number = max(lastRequestNumber, Limits.messageNumberMaximum)
    while true {
      number = number == .max ? Limits.messageNumberMaximum + 1 : number + 1
      if let packetID = MQTT.PacketID(number), !pending.contains(packetID) { return packetID }
    }
  }
}

// MARK: - What the world did

extension MQTTClient {
  /// The first `count` bytes of `bytesToSend` went out; zero says that the transport has no room.
  public mutating func sent(_ count: Int, now: Instant) {
    precondition(count >= 0 && count <= bytesToSend.count)
    guard count > 0 else { return stalled(now: now) }
    timers.stop(.transmit)
    lastSentAt = now
    switch source {
    case .nothing: break
    case .control:
      outbox.sent(count)
      controlSent(now: now)
    case .messages:
      if messages.sent(count, now: now) { counters.messagesSent += 1 }
    }
    if input == .blocked { input = .unexamined }
    restartKeepAlive()
    restartAcknowledgementTimer()
    advanceClosing()
  }

  /// The first `count` bytes of `receiveSpace` were filled; zero says that there was nothing.
  ///
  /// Zero after a deadline is what makes the session give up, hence never report a read that was
  /// not tried.
  public mutating func received(_ count: Int, now: Instant) {
    guard count > 0 else {
      if input == .drained { failIfOverdue(now: now) }
      return
    }
    precondition(isTakingInput)
    inbox.commit(count)
    if input == .drained { input = .unexamined }
    // Any byte shows that the server is there, not just PINGRESP.
    if timers.isRunning(.pingResponse) {
      timers.start(.pingResponse, at: now + Limits.pingResponseTimeout)
    }
  }

  /// The `deadline` has passed, which queues a PINGREQ if it is time for one.
  ///
  /// Write and read afterwards: the session gives up only where that comes to nothing.
  public mutating func expired(now: Instant) {
    guard timers.isDue(.keepAlive, now: now) else { return }
    timers.stop(.keepAlive)
    guard pingEndPosition == 0 else { return }
    outbox.append(.pingreq)
    pingEndPosition = outbox.endPosition
  }

  /// The transport is gone, or was closed; no effect without a connection.
  ///
  /// Messages of QoS 1 stay for the next connection. Messages of QoS 0 and subscriptions without an
  /// answer are forgotten, and so is a failure.
  public mutating func connectionLost() {
    guard state != .offline else { return }
    counters.messagesDropped += UInt64(messages.connectionLost())
    inbox.removeAll()
    outbox.reset()
    pending.removeAll()
    timers.stopAll()
    state = .offline
    input = .drained
    unansweredNumber = 0
    skippedByteCount = 0
    pingEndPosition = 0
  }

  private mutating func controlSent(now: Instant) {
    pending.sent(upTo: outbox.sentPosition, now: now)
    if pingEndPosition > 0, pingEndPosition <= outbox.sentPosition {
      pingEndPosition = 0
      counters.pingsSent += 1
      if !timers.isRunning(.pingResponse) {
        timers.start(.pingResponse, at: now + Limits.pingResponseTimeout)
      }
    }
    guard outbox.isEmpty else { return }
    switch state {
    case .connecting: outbox.wipe()
    case .disconnecting: end(.closed)
    case .offline, .connected, .closing, .closed, .failed: break
    }
  }

  private mutating func stalled(now: Instant) {
    if bytesToSend.isEmpty { return }
    if timers.isDue(.transmit, now: now) { return fail(.transmitTimeout) }
    if !timers.isRunning(.transmit) {
      timers.start(.transmit, at: now + Limits.transmitTimeout)
    }
  }

  private mutating func failIfOverdue(now: Instant) {
    if timers.isDue(.connack, now: now) {
      fail(.connackTimeout)
    } else if timers.isDue(.pingResponse, now: now) {
      fail(.pingTimeout)
    } else if timers.isDue(.acknowledgement, now: now) {
      fail(.acknowledgementTimeout)
    }
  }

  /// The server counts from our last packet, whatever it was (section 3.1.2.10).
  private mutating func restartKeepAlive() {
    switch state {
    case .connected, .closing:
      guard keepAlive > .zero else { return }
      let lead = min(Interval(milliseconds: keepAlive.milliseconds / 4), Limits.pingLeadMaximum)
      timers.start(.keepAlive, at: lastSentAt + (keepAlive - lead))
    case .offline, .connecting, .disconnecting, .closed, .failed: break
    }
  }

  private mutating func restartAcknowledgementTimer() {
    switch state {
    case .connected, .closing:
      let oldest = min(messages.oldestSentAt ?? .never, pending.oldestSentAt ?? .never)
      if oldest == .never {
        timers.stop(.acknowledgement)
      } else {
        timers.start(.acknowledgement, at: oldest + Limits.acknowledgementTimeout)
      }
    case .offline, .connecting, .disconnecting, .closed, .failed: break
    }
  }

  /// Queues DISCONNECT behind everything else.
  private mutating func advanceClosing() {
    guard state == .closing, source == .nothing, unansweredNumber == 0 else { return }
    outbox.append(.disconnect)
    state = .disconnecting
    timers.stopAll()
  }

  private mutating func end(_ final: State) {
    state = final
    timers.stopAll()
  }

  private mutating func fail(_ reason: MQTTFailure) {
    failure = reason
    failureIsReported = false
    end(.failed)
  }
}

// MARK: - What arrived

extension MQTTClient {
  /// Takes the next event; what the last one lent is taken back, and counts as handled.
  @_lifetime(&self)
  public mutating func nextEvent() -> Event {
    finishMessage()
    // Each turn without an event drops a packet of at least two bytes, so there is an end to it.
    while true {
      switch examineInput() {
      case .event(let event): return event
      case .message(let layout): return .message(inbox.message(layout))
      case .packetWithoutEvent: continue
      }
    }
  }

  /// What lies at the front of the inbox, with nothing borrowed, so that the state may change.
  private enum Finding: ~Escapable {
    /// Something to tell the application, maybe that there is nothing.
    case event(Event)
    /// A message, still in the inbox.
    case message(Inbox.MessageLayout)
    /// A packet that is of no interest to the application.
    case packetWithoutEvent
  }

  /// Tells the server that the message lent before was handled.
  private mutating func finishMessage() {
    inbox.takeBack()
    guard let packetID = MQTT.PacketID(unansweredNumber) else { return }
    unansweredNumber = 0
    switch state {
    case .connected, .closing: outbox.append(.puback(packetID))
    case .offline, .connecting, .disconnecting, .closed, .failed: break
    }
  }

  @_lifetime(immortal)
  private mutating func examineInput() -> Finding {
    guard isTakingInput else { return remainder() }
    do throws(MQTTFailure) {
      if skippedByteCount > 0 { return skip() }
      switch MQTT.FixedHeader.parse(inbox.span) {
      case .incomplete: return remainder()
      case .malformed(let reason): throw MQTTFailure.malformed(reason)
      case .header(let header):
        try checkAllowed(header)
        guard inbox.canHold(header.packetByteCount) else { return try startSkipping(header) }
        guard header.packetByteCount <= inbox.count else { return remainder() }
        return try handle(header)
      }
    } catch {
      fail(error)
      return remainder()
    }
  }

  /// There is no further packet: reports a failure if there is one that was not reported.
  @_lifetime(immortal)
  private mutating func remainder() -> Finding {
    input = .drained
    if state == .failed, !failureIsReported {
      failureIsReported = true
      return .event(.failed(failure))
    }
    advanceClosing()
    return .event(.none)
  }

  /// Refuses, as soon as its header is there, a packet that may not come now.
  private func checkAllowed(_ header: MQTT.FixedHeader) throws(MQTTFailure) {
    switch (state, header.type) {
    case (.connecting, .connack): break
    case (.connected, .publish), (.closing, .publish):
      // QoS 2 will be allowed here.
      guard header.flags & 0b0100 == 0 else { throw .protocolViolation(.unexpectedQuality) }
    case (.connected, .puback), (.connected, .suback), (.connected, .unsuback),
      (.connected, .pingresp),
      (.closing, .puback), (.closing, .suback), (.closing, .unsuback), (.closing, .pingresp):
      break
    case (.connecting, .publish), (.connecting, .puback), (.connecting, .suback),
      (.connecting, .unsuback), (.connecting, .pingresp),
      (.connected, .connack), (.closing, .connack),
      // Only QoS 2 has these; the deliveries of both directions will be allowed here.
      (_, .pubrec), (_, .pubrel), (_, .pubcomp),
      // Only servers receive these.
      (_, .connect), (_, .subscribe), (_, .unsubscribe), (_, .pingreq), (_, .disconnect):
      throw .protocolViolation(.unexpectedPacket(header.type))
    case (.offline, _), (.disconnecting, _), (.closed, _), (.failed, _):
      preconditionFailure("no input is taken in these states")
    }
  }

  /// Handles the packet at the front, which is there whole and may come now.
  @_lifetime(immortal)
  private mutating func handle(_ header: MQTT.FixedHeader) throws(MQTTFailure) -> Finding {
    switch header.type {
    case .publish: return try handlePublish(header)
    case .connack: return try handleConnack(header)
    case .puback: return try handlePuback(header)
    case .suback: return try handleSuback(header)
    case .unsuback: return try handleUnsuback(header)
    case .pingresp: return try handlePingresp(header)
    case .pubrec, .pubrel, .pubcomp, .connect, .subscribe, .unsubscribe, .pingreq, .disconnect:
      preconditionFailure("refused before")
    }
  }

  @_lifetime(immortal)
  private mutating func handleConnack(
    _ header: MQTT.FixedHeader
  ) throws(MQTTFailure) -> Finding {
    let connack: MQTT.Connack
    do { connack = try MQTT.Connack.parse(inbox.body(of: header)) } catch {
      throw .malformed(error)
    }
    inbox.drop(header)
    guard connack.returnCode == .accepted else {
      end(.closed)
      return .event(.refused(connack.returnCode))
    }
    guard !connack.sessionPresent || !isCleanSession else {
      throw .protocolViolation(.unexpectedSession)
    }
    messages.connectionOpened(sessionPresent: connack.sessionPresent)
    state = .connected
    timers.stop(.connack)
    restartKeepAlive()
    return .event(.connected(sessionPresent: connack.sessionPresent))
  }

  @_lifetime(immortal)
  private mutating func handlePublish(
    _ header: MQTT.FixedHeader
  ) throws(MQTTFailure) -> Finding {
    guard header.flags & 0b0110 == 0 || outbox.hasReserve else { return wait() }
    let layout: Inbox.MessageLayout
    do {
      let publish = try MQTT.Publish.parse(inbox.body(of: header), header: header)
      unansweredNumber = publish.packetID?.rawValue ?? 0
      layout = Inbox.MessageLayout(of: publish, header: header)
    } catch { throw .malformed(error) }
    inbox.lend(header)
    counters.messagesReceived += 1
    if layout.duplicate { counters.duplicatesReceived += 1 }
    return .message(layout)
  }

  @_lifetime(immortal)
  private mutating func handlePuback(
    _ header: MQTT.FixedHeader
  ) throws(MQTTFailure) -> Finding {
    let puback: MQTT.Acknowledgement
    do { puback = try MQTT.Acknowledgement.parse(inbox.body(of: header), kind: .puback) } catch {
      throw .malformed(error)
    }
    inbox.drop(header)
    switch messages.acknowledged(by: puback) {
    case .removed:
      counters.messagesAcknowledged += 1
      restartAcknowledgementTimer()
      return .event(.acknowledged(puback.packetID))
    case .unknown:
      counters.unknownAcknowledgements += 1
      return .packetWithoutEvent
    case .premature:
      throw .protocolViolation(.unexpectedAcknowledgement(puback.packetID))
    }
  }

  @_lifetime(immortal)
  private mutating func handleSuback(
    _ header: MQTT.FixedHeader
  ) throws(MQTTFailure) -> Finding {
    let packetID: MQTT.PacketID
    let codeCount: Int
    let code: MQTT.SubscribeReturnCode
    do {
      let suback = try MQTT.Suback.parse(inbox.body(of: header))
      packetID = suback.packetID
      codeCount = suback.codes.count
      code = suback.code(at: 0)
    } catch { throw .malformed(error) }
    inbox.drop(header)
    // Every SUBSCRIBE of ours has one filter.
    guard codeCount == 1 else { throw .protocolViolation(.unexpectedGrant(packetID)) }
    guard let request = try takeRequest(packetID) else { return .packetWithoutEvent }
    switch (request, code) {
    case (.subscribe(let wanted), .granted(let granted)):
      guard granted <= wanted else { throw .protocolViolation(.unexpectedGrant(packetID)) }
      return .event(.subscribed(packetID, granted))
    case (.subscribe, .refused):
      return .event(.subscriptionRefused(packetID))
    case (.unsubscribe, .granted), (.unsubscribe, .refused):
      throw .protocolViolation(.unexpectedAcknowledgement(packetID))
    }
  }

  @_lifetime(immortal)
  private mutating func handleUnsuback(
    _ header: MQTT.FixedHeader
  ) throws(MQTTFailure) -> Finding {
    let packetID: MQTT.PacketID
    do { packetID = try MQTT.Unsuback.parse(inbox.body(of: header)).packetID } catch {
      throw .malformed(error)
    }
    inbox.drop(header)
    guard let request = try takeRequest(packetID) else { return .packetWithoutEvent }
    switch request {
    case .unsubscribe: return .event(.unsubscribed(packetID))
    case .subscribe: throw .protocolViolation(.unexpectedAcknowledgement(packetID))
    }
  }

  @_lifetime(immortal)
  private mutating func handlePingresp(
    _ header: MQTT.FixedHeader
  ) throws(MQTTFailure) -> Finding {
    do { _ = try MQTT.Pingresp.parse(inbox.body(of: header)) } catch { throw .malformed(error) }
    inbox.drop(header)
    timers.stop(.pingResponse)
    return .packetWithoutEvent
  }

  /// Ends the wait for an answer; nil if nothing waits for it.
  private mutating func takeRequest(
    _ packetID: MQTT.PacketID
  ) throws(MQTTFailure) -> PendingSubscription.Request? {
    guard let request = pending.request(packetID) else {
      counters.unknownAcknowledgements += 1
      return nil
    }
    guard request.isSent else { throw .protocolViolation(.unexpectedAcknowledgement(packetID)) }
    pending.remove(packetID)
    restartAcknowledgementTimer()
    return request.request
  }

  /// Hands nothing out before there is room to acknowledge it.
  @_lifetime(immortal)
  private mutating func wait() -> Finding {
    input = .blocked
    return .event(.none)
  }

  /// Begins to skip a message that does not fit; its topic and identifier have to.
  @_lifetime(immortal)
  private mutating func startSkipping(
    _ header: MQTT.FixedHeader
  ) throws(MQTTFailure) -> Finding {
    guard header.type == .publish else {
      throw .oversizedPacket(byteCount: header.packetByteCount)
    }
    guard inbox.count >= header.byteCount + 2 else { return remainder() }
    let topicByteCount =
      Int(inbox.span[header.byteCount]) &<< 8 | Int(inbox.span[header.byteCount + 1])
    let frontByteCount = 2 + topicByteCount + (header.flags & 0b0110 == 0 ? 0 : 2)
    guard frontByteCount <= header.remainingLength else { throw .malformed(.truncated) }
    let frontEnd = header.byteCount + frontByteCount
    guard inbox.canHold(frontEnd) else {
      throw .oversizedPacket(byteCount: header.packetByteCount)
    }
    guard frontEnd <= inbox.count else { return remainder() }
    do {
      let front = inbox.span.extracting(header.byteCount..<frontEnd)
      skippedNumber = try MQTT.Publish.parse(front, header: header).packetID?.rawValue ?? 0
    } catch { throw .malformed(error) }
    skippedByteCount = header.packetByteCount
    inbox.startSkipping(header.packetByteCount)
    return .packetWithoutEvent
  }

  /// Drops what has come of the message that does not fit, and acknowledges it at its end.
  @_lifetime(immortal)
  private mutating func skip() -> Finding {
    inbox.skip()
    guard inbox.skipByteCount == 0 else { return remainder() }
    guard skippedNumber == 0 || outbox.hasReserve else { return wait() }
    let byteCount = skippedByteCount
    skippedByteCount = 0
    unansweredNumber = skippedNumber
    counters.messagesOversized += 1
    return .event(.oversized(byteCount: byteCount))
  }
}
