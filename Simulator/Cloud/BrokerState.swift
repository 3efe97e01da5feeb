import Wire

/// What the broker knows, and the rules by which that changes.
///
/// Messages to devices leave by `Link.order`, which keeps their order, never by a return value.
struct BrokerState: Sendable {
  let options: CloudOptions
  var registry: Registry
  var statistics = Statistics()
  var conduct = Conduct()
  var tokens = TokenMemory()
  /// Every TCP connection.
  private(set) var links: [UInt64: Link] = [:]
  /// The connections with a session, by device.
  private var connected: [String: Link] = [:]
  /// Sessions kept or open, by device.
  private var sessions: [String: Session] = [:]
  private var configs: [String: [UInt8]] = [:]
  /// The latest state of each device that has sent one.
  private(set) var states: [String: [UInt8]] = [:]
  private var logs: [MessageKind: [String: ReceivedLog]] = [:]

  init(options: CloudOptions, registry: Registry) {
    self.options = options
    self.registry = registry
  }

  /// A consistent copy of the statistics.
  var snapshot: Statistics {
    var copy = statistics
    copy.connectionsOpen = links.count
    copy.devicesConnected = connected.count
    copy.sessions = sessions.count
    return copy
  }

  func log(of kind: MessageKind, device: String) -> ReceivedLog {
    logs[kind]?[device] ?? ReceivedLog()
  }

  // MARK: Connections

  mutating func open(_ link: Link) {
    links[link.id] = link
    statistics.connections += 1
  }

  mutating func close(_ link: Link, device: String?, reason: CloseReason) {
    links[link.id] = nil
    statistics.closes[reason, default: 0] += 1
    guard let device, connected[device]?.id == link.id else { return }
    connected[device] = nil
    if sessions[device]?.isClean == true { sessions[device] = nil }
  }

  /// Begins or resumes the session of `device` on `link`; true if one was present.
  mutating func attach(_ link: Link, device: String, cleanSession: Bool) -> Bool {
    if let older = connected.updateValue(link, forKey: device), older.id != link.id {
      older.order(.close(.takenOver))
    }
    let kept = cleanSession ? nil : sessions[device].flatMap { $0.isClean ? nil : $0 }
    let session = kept ?? Session(isClean: cleanSession)
    sessions[device] = session
    statistics.connectsAccepted += 1
    statistics.devices[device, default: .init()].connectsAccepted += 1
    if kept != nil { statistics.sessionsResumed += 1 }
    deliver(session.redeliveries(), to: device)
    deliverWaiting(to: device)
    return kept != nil
  }

  /// True unless another connection took the device over.
  func isCurrent(_ link: Link, device: String) -> Bool { connected[device]?.id == link.id }

  /// Forgets the sessions without a connection.
  mutating func forgetSessions() {
    sessions = sessions.filter { connected[$0.key] != nil }
  }

  // MARK: Messages from devices

  /// Takes a message; nil if the device may not publish to its topic.
  mutating func publish(
    _ message: PublishedMessage, from device: String
  ) -> Conduct.Acknowledging? {
    guard let kind = TopicPolicy(device: device).publishing(to: message.topic) else { return nil }
    statistics.countReceived(kind, message.quality, device: device)
    logs[kind, default: [:]][device, default: ReceivedLog()].record(payload: message.payload)
    if kind == .state { states[device] = Array(message.payload) }
    return conduct.acknowledging
  }

  mutating func countAcknowledgement(to device: String) {
    statistics.acknowledgementsSent += 1
    statistics.devices[device, default: .init()].acknowledgementsSent += 1
  }

  // MARK: Messages to devices

  mutating func subscribe(
    _ requests: [SubscriptionRequest], device: String
  ) -> [MQTT.SubscribeReturnCode] {
    let policy = TopicPolicy(device: device)
    return requests.map { request in
      guard let kind = policy.subscribing(to: request.filter) else {
        statistics.subscriptionsRefused += 1
        return .refused
      }
      let quality: Quality = request.quality == .atMostOnce ? .atMostOnce : .atLeastOnce
      statistics.subscriptionsGranted += 1
      sessions[device]?.subscribe(kind, quality)
      if kind == .config { offer(configMessage(for: device), to: device) }
      return .granted(quality == .atMostOnce ? .atMostOnce : .atLeastOnce)
    }
  }

  mutating func unsubscribe(_ filters: [String], device: String) {
    let policy = TopicPolicy(device: device)
    for filter in filters {
      if let kind = policy.subscribing(to: filter) { sessions[device]?.unsubscribe(kind) }
    }
  }

  mutating func acknowledge(_ packetID: MQTT.PacketID, from device: String) {
    guard sessions[device]?.acknowledge(packetID) == true else { return }
    statistics.acknowledgementsReceived += 1
    statistics.devices[device, default: .init()].acknowledgementsReceived += 1
    deliverWaiting(to: device)
  }

  mutating func configure(_ device: String, payload: [UInt8]) {
    configs[device] = payload
    offer(configMessage(for: device), to: device)
  }

  /// Sends or keeps a command; false if the device has no session that wants it.
  mutating func command(_ payload: [UInt8], subfolder: String?, device: String) -> Bool {
    let topic = TopicPolicy(device: device).commandTopic(subfolder: subfolder)
    return offer(DeviceMessage(kind: .commands, topic: topic, payload: payload), to: device)
  }

  private func configMessage(for device: String) -> DeviceMessage {
    DeviceMessage(
      kind: .config, topic: TopicPolicy(device: device).configTopic,
      payload: configs[device] ?? options.initialConfig)
  }

  /// Sends or keeps a message; false if the device has no session that wants it.
  @discardableResult
  private mutating func offer(_ message: DeviceMessage, to device: String) -> Bool {
    switch sessions[device]?.quality(of: message.kind) {
    case nil: return false
    case .atMostOnce:
      guard connected[device] != nil else { return false }
      deliver([Delivery(message: message, packetID: nil, duplicate: false)], to: device)
      return true
    case .atLeastOnce:
      if sessions[device]?.enqueue(message, maximum: options.queueMaximum) == true {
        statistics.messagesDropped += 1
      }
      deliverWaiting(to: device)
      return true
    }
  }

  private mutating func deliverWaiting(to device: String) {
    guard connected[device] != nil else { return }
    let deliveries = sessions[device]?.nextDeliveries(window: options.inflightMaximum)
    deliver(deliveries ?? [], to: device)
  }

  private mutating func deliver(_ deliveries: [Delivery], to device: String) {
    guard let link = connected[device], !deliveries.isEmpty else { return }
    for delivery in deliveries {
      statistics.countSent(delivery.message.kind, delivery.quality, device: device)
    }
    link.order(.deliver(deliveries))
  }
}
