import Bytes
public import MQTTClient
public import Platform
public import Store
public import Units
public import Wire

// Messages that are on flash from the moment they are accepted until the cloud has acknowledged
// them.
extension Device where Backend: ~Copyable {
  /// True if messages are kept on flash.
  var usesOutbox: Bool { !configuration.outboxBlocks.isEmpty }

  /// Accepts a message for the cloud.
  ///
  /// With QoS 1 it is on flash once this returns, if the configuration names blocks for it, and
  /// stays there until the cloud has acknowledged it. `priority` counts where the outbox is full.
  ///
  /// - Returns: The identifier that `acknowledged` will name, or nil for QoS 0.
  @discardableResult
  public mutating func publish<Flash: FlashRegion & ~Copyable>(
    _ payload: Span<UInt8>, to topic: CloudTopic,
    quality: MQTT.QualityOfService = .atLeastOnce, priority: MessagePriority = .normal,
    on flash: inout Flash
  ) throws(PublishFailure) -> MQTT.PacketID? {
    let template =
      switch topic {
      case .events: configuration.profile.eventsTopic
      case .state: configuration.profile.stateTopic
      }
    var name = TopicName()
    guard configuration.expand(template, into: &name) else { throw .invalidTopic }
    guard quality == .atLeastOnce, usesOutbox else {
      return try mqtt.publish(topic: name.span, payload: payload, quality: quality)
    }
    guard MQTT.TopicName.isValid(name.span) else { throw .invalidTopic }
    return try store(payload, topic: name.span, priority: priority, on: &flash)
  }

  private mutating func store<Flash: FlashRegion & ~Copyable>(
    _ payload: Span<UInt8>, topic: Span<UInt8>, priority: MessagePriority, on flash: inout Flash
  ) throws(PublishFailure) -> MQTT.PacketID {
    guard payload.count <= MQTTClient.storedByteCountMaximum else { throw .tooLarge }
    do throws(OutboxFailure) { try recoverOutbox(from: &flash) } catch { throw refusal(error) }
    let packetID = MQTTClient.packetID(ofMessage: outbox.nextSequence)
    var front = FixedBytes<176>()
    let message = MQTT.Publish(
      topic: topic, payload: payload, quality: .atLeastOnce, packetID: packetID)
    var writer = ByteWriter(front.freeSpace)
    do { try message.emitFront(to: &writer) } catch { throw .invalidTopic }
    let frontByteCount = writer.count
    front.commit(frontByteCount)
    let byteCount = frontByteCount + payload.count
    guard byteCount <= MQTTClient.storedByteCountMaximum,
      outbox.canHold(byteCount, in: flash.flashGeometry)
    else { throw .tooLarge }
    try makeRoom(for: byteCount, priority: priority, on: &flash)
    let record: OutboxRecord
    do throws(OutboxFailure) {
      record = try outbox.append(front.span, payload, priority: priority, on: &flash)
    } catch { throw refusal(error) }
    // What nothing is ahead of need not be read from flash again.
    if loadedThrough + 1 == record.sequence, !inTransit.isFull,
      mqtt.hasRoom(for: byteCount, packetID: packetID)
    {
      var space = mqtt.messageSpace
      space.copy(front.span)
      var rest = space._mutatingExtracting(droppingFirst: frontByteCount)
      rest.copy(payload)
      takeUp(record, mayHaveBeenSent: false)
    }
    return packetID
  }

  /// Drops messages, as the policy says, until there is room for one of so many bytes.
  private mutating func makeRoom<Flash: FlashRegion & ~Copyable>(
    for byteCount: Int, priority: MessagePriority, on flash: inout Flash
  ) throws(PublishFailure) {
    while !outbox.hasRoom(for: byteCount, in: flash.flashGeometry) {
      let obstacle: PublishFailure?
      do { obstacle = try makeSomeRoom(for: priority, on: &flash) } catch { throw refusal(error) }
      if let obstacle { throw obstacle }
    }
  }

  /// Settles what was acknowledged, or else drops a message; returns what is in the way, or nil.
  private mutating func makeSomeRoom<Flash: FlashRegion & ~Copyable>(
    for priority: MessagePriority, on flash: inout Flash
  ) throws(OutboxFailure) -> PublishFailure? {
    if inTransit.hasAcknowledged {
      try settleAcknowledged(on: &flash)
      return nil
    }
    let victim: OutboxRecord?
    switch configuration.outboxPolicy {
    case .refuse: return .full
    case .dropOldest: victim = try outbox.next(after: 0, on: &flash)
    case .dropLeastImportant: victim = try outbox.leastImportant(on: &flash)
    }
    guard let victim else { return .full }
    if case .dropLeastImportant = configuration.outboxPolicy, victim.priority > priority {
      return .outranked
    }
    // One that is being sent at this moment cannot be taken back. On flash it goes first: where
    // that fails, the session still has it.
    let packetID = MQTTClient.packetID(ofMessage: victim.sequence)
    guard !mqtt.isSending(packetID) else { return .full }
    try outbox.settle(victim.place, on: &flash)
    mqtt.withdraw(packetID)
    giveUp(victim.sequence, .outboxIsFull)
    return nil
  }

  /// Does what is due on flash: after `store` only.
  public mutating func workOnOutbox<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash, now: Instant
  ) {
    do throws(OutboxFailure) {
      try recoverOutbox(from: &flash)
      try settleAcknowledged(on: &flash)
      if phase == .online { try loadMessages(from: &flash) }
      // Every message is settled, and some are still counted: they were damaged, or cannot be
      // marked.
      if inTransit.isEmpty, loadedThrough + 1 >= outbox.nextSequence,
        outbox.count > outbox.unmarkedCount
      {
        try outbox.recount(on: &flash)
      }
    } catch {
      note(error)
      storeRetryAt = now + Limits.storeRetry
    }
  }

  /// True if `workOnOutbox` has something to do.
  var isOutboxWorkWaiting: Bool {
    guard usesOutbox else { return false }
    return !outbox.isRecovered || inTransit.hasAcknowledged
      || phase == .online && !loadingIsBlocked && loadedThrough + 1 < outbox.nextSequence
  }

  /// The cloud has acknowledged a message.
  mutating func acknowledged(_ packetID: MQTT.PacketID) {
    guard usesOutbox else { return }
    inTransit.acknowledge { MQTTClient.packetID(ofMessage: $0) == packetID }
    loadingIsBlocked = false
  }

  private mutating func recoverOutbox<Flash: FlashRegion & ~Copyable>(
    from flash: inout Flash
  ) throws(OutboxFailure) {
    guard !outbox.isRecovered else { return }
    try outbox.recover(on: &flash)
    counters.messagesRecovered = outbox.count
    counters.messagesDamaged = outbox.damagedCount
    newSince = outbox.nextSequence
    // Where nothing waits, the next message goes to the session at once.
    loadedThrough = outbox.count == 0 ? newSince - 1 : 0
  }

  private mutating func settleAcknowledged<Flash: FlashRegion & ~Copyable>(
    on flash: inout Flash
  ) throws(OutboxFailure) {
    while let place = inTransit.firstAcknowledged {
      do throws(OutboxFailure) { try outbox.settle(place, on: &flash) } catch {
        guard case .worn = error else { throw error }
        // To try again would change nothing; the message goes out again after the next start.
        note(error)
      }
      inTransit.remove(place.sequence)
    }
  }

  /// Hands messages to the session, in their order, until it has no more room.
  private mutating func loadMessages<Flash: FlashRegion & ~Copyable>(
    from flash: inout Flash
  ) throws(OutboxFailure) {
    while loadedThrough + 1 < outbox.nextSequence {
      guard let record = try outbox.next(after: loadedThrough, on: &flash) else {
        return loadedThrough = outbox.nextSequence - 1
      }
      let packetID = MQTTClient.packetID(ofMessage: record.sequence)
      guard !inTransit.isFull, mqtt.hasRoom(for: record.byteCount, packetID: packetID) else {
        return loadingIsBlocked = true
      }
      var space = mqtt.messageSpace
      if try outbox.load(record, into: &space, from: &flash) {
        takeUp(record, mayHaveBeenSent: record.sequence < newSince)
      } else {
        loadedThrough = record.sequence
        giveUp(record.sequence, .damaged)
        try outbox.settle(record.place, on: &flash)
      }
    }
  }

  private mutating func takeUp(_ record: OutboxRecord, mayHaveBeenSent: Bool) {
    mqtt.handOver(
      record.byteCount, packetID: MQTTClient.packetID(ofMessage: record.sequence),
      mayHaveBeenSent: mayHaveBeenSent)
    inTransit.add(record.place)
    loadedThrough = record.sequence
  }

  private mutating func giveUp(_ sequence: UInt32, _ reason: DropReason) {
    inTransit.remove(sequence)
    switch reason {
    case .outboxIsFull: counters.messagesDropped += 1
    case .damaged: counters.messagesDamaged += 1
    }
    notices.append(.dropped(MQTTClient.packetID(ofMessage: sequence), reason))
  }

  private mutating func refusal(_ failure: OutboxFailure) -> PublishFailure {
    switch failure {
    case .full: return .full
    case .tooLarge: return .tooLarge
    case .flash, .worn:
      note(failure)
      return .notStored
    }
  }

  private mutating func note(_ failure: OutboxFailure) {
    counters.storeFailures += 1
    storeFailure = failure
  }
}
