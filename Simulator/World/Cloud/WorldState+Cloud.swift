import Bytes
import Energy
import Wire

// What the cloud does with what it gets.
extension WorldState {
  /// A record of the device arrives.
  @inline(__always)
  mutating func receiveInCloud(_ bytes: UnsafeRawBufferPointer, at moment: UInt64) {
    guard let type = ModelRecord.type(of: bytes) else {
      return breach(.protocolKept, "the device sent what is no record")
    }
    if type != ModelRecord.data { pay(sent: bytes.count, for: .handshakeRadio) }
    let content = UnsafeRawBufferPointer(rebasing: bytes[ModelRecord.frontCount...])
    let isThere = cloud.isConnected && isCloudThere(at: moment)
    switch type {
    case ModelRecord.handshake:
      if isThere, let flight = Flight(content) { shakeHands(flight, at: moment) }
    case ModelRecord.data:
      let plain = UnsafeRawBufferPointer(
        rebasing: content[..<(content.count - ModelRecord.tagCount)])
      takePackets(plain, recordBytes: bytes.count, isThere: isThere, at: moment)
    default: if isThere { cloud.hangUp() }
    }
  }

  /// True if the cloud still has the connection; if not, it says so.
  @inline(__always)
  private mutating func isCloudThere(at moment: UInt64) -> Bool {
    if link.isForgotten { return false }
    if moment < faults.nextEdge, !faults.active.contains(.brokerRestart), moment < cloud.closesAt {
      cloud.heardAt = moment
      return true
    }
    return isCloudThereAfterAll(at: moment)
  }

  @inline(never)
  private mutating func isCloudThereAfterAll(at moment: UInt64) -> Bool {
    if faults.isActive(.brokerRestart, at: moment) || moment >= cloud.closesAt {
      forgetConnection(.reset, at: moment)
      return false
    }
    cloud.heardAt = max(moment, cloud.heardAt)
    return true
  }

  /// The cloud ends the connection, or no longer knows it.
  mutating func forgetConnection(_ kind: Segment.Kind, at moment: UInt64) {
    // A device that was reset knows of no connection.
    guard link.state != .closed, !link.isForgotten, !link.isPortal else { return cloud.hangUp() }
    if isTraced {
      trace(.cloud, kind == .end ? "closes" : "resets", at: moment)
    }
    if kind == .end, cloud.isSecured {
      sendAlert(0, at: moment)
    }
    _ = sendToDevice(kind, type: 0, contentCount: 0, byteCount: 0, at: moment)
    link.isForgotten = true
    cloud.hangUp()
  }

  private mutating func sendAlert(_ code: UInt8, at moment: UInt64) {
    let place = sendToDevice(
      .record, type: ModelRecord.alert, contentCount: 2, byteCount: 2 + ModelRecord.overhead,
      at: moment)
    place?.pointee.content[0] = 1
    place?.pointee.content[1] = code
  }

  // MARK: The handshake

  private mutating func shakeHands(_ flight: Flight, at moment: UInt64) {
    guard !faults.isActive(.brokerSilence, at: moment) else { return }
    switch flight.kind {
    case .hello: answerHello(offering: flight.value, at: moment)
    case .clientFinish:
      cloud.isSecured = true
      // A session is named by the moment at which it was made, plus one.
      let session = plan.scenario.cloud.resumesSessions ? moment + 1 : 0
      send(Flight(.serverFinish, session), byteCount: Limits.serverFinish, at: moment)
    case .resumedFinish: cloud.isSecured = true
    case .certificates, .serverFinish, .resumption: break
    }
  }

  private mutating func answerHello(offering session: UInt64, at moment: UInt64) {
    let isRooted = !faults.isActive(.rootDeath, at: moment)
    if isRooted, session > cloud.rotatedAt, moment + 1 - session < Limits.sessionLife,
      !faults.isActive(.certificateRotation, at: moment), plan.scenario.cloud.resumesSessions
    {
      return send(Flight(.resumption, session), byteCount: Limits.resumedReceived, at: moment)
    }
    send(
      Flight(.certificates, isRooted ? 0 : 1), byteCount: plan.fullReceived - Limits.serverFinish,
      at: moment)
  }

  private mutating func send(_ flight: Flight, byteCount: Int, at moment: UInt64) {
    guard
      let place = sendToDevice(
        .record, type: ModelRecord.handshake, contentCount: Flight.byteCount,
        byteCount: byteCount, at: moment)
    else { return }
    withUnsafeMutableBytes(of: &place.pointee.content) { content in
      if let start = content.baseAddress { flight.write(to: start) }
    }
    if isTraced { trace(.tls, "\(flight.kind)", "\(byteCount) bytes", at: moment) }
  }

  // MARK: Packets

  @inline(__always)
  private mutating func takePackets(
    _ plain: UnsafeRawBufferPointer, recordBytes: Int, isThere: Bool, at moment: UInt64
  ) {
    var rest = plain
    var isFirst = true
    while !rest.isEmpty {
      let bytes = Span<UInt8>(_unsafeBytes: rest)
      guard case .header(let header) = MQTT.FixedHeader.parse(bytes),
        header.packetByteCount <= rest.count
      else { return breach(.protocolKept, "the device sent what is no packet") }
      if isFirst { pay(sent: recordBytes, for: Self.cause(of: header.type)) }
      isFirst = false
      payForPacket()
      if isThere, cloud.isSecured, cloud.isConnected {
        let body = bytes.extracting(header.byteCount..<header.packetByteCount)
        do throws(MQTT.Malformed) { try take(header, body, at: moment) } catch {
          breach(.protocolKept, "the device sent a malformed packet: \(error)")
        }
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[header.packetByteCount...])
    }
  }

  private static func cause(of type: MQTT.PacketType) -> Cause {
    switch type {
    case .publish, .puback: .dataRadio
    case .pingreq: .keepAlive
    default: .handshakeRadio
    }
  }

  @inline(__always)
  private mutating func take(
    _ header: MQTT.FixedHeader, _ body: Span<UInt8>, at moment: UInt64
  ) throws(MQTT.Malformed) {
    switch header.type {
    case .publish: try takePublish(MQTT.Publish.parse(body, header: header), at: moment)
    case .pingreq:
      answer(2, at: moment) { writer throws(Overflow) in try MQTT.Pingresp().emit(to: &writer) }
    case .connect: try join(MQTT.Connect.parse(body), at: moment)
    case .subscribe: try takeSubscribe(MQTT.Subscribe.parse(body), at: moment)
    case .disconnect: cloud.hangUp()
    case .puback: break
    case .connack, .pubrec, .pubrel, .pubcomp, .suback, .unsubscribe, .unsuback, .pingresp:
      breach(.protocolKept, "a device does not send \(header.type)")
    }
  }

  /// Sends a packet of at most 48 bytes, unless the cloud is silent.
  @inline(__always)
  mutating func answer(
    _ byteCount: Int, at moment: UInt64,
    _ emit: (inout ByteWriter) throws(Overflow) -> Void
  ) {
    if faults.isActive(.brokerSilence, at: moment) { return }
    guard
      let place = sendToDevice(
        .record, type: ModelRecord.data, contentCount: byteCount,
        byteCount: byteCount + ModelRecord.overhead, at: moment)
    else { return }
    let isWritten = withUnsafeMutableBytes(of: &place.pointee.content) { content in
      var writer = ByteWriter(MutableSpan(_unsafeBytes: content))
      do { try emit(&writer) } catch { return false }
      return true
    }
    if !isWritten { breach(.protocolKept, "a packet of the cloud is too long") }
  }

  /// True if a planted bug keeps a message from counting, or from counting now.
  @inline(__always)
  private mutating func isHeldBack(_ message: Message, at moment: UInt64) -> Bool {
    guard let bug = plan.planted else { return false }
    switch bug {
    case .brokerLosesMessages: return message.sequence % 20 == 0
    case .brokerReorders:
      if message.sequence % 10 == 6 {
        deliver(message, isMarked: false, at: moment)
        let earlier = Message(sequence: message.sequence - 1, acceptedAt: message.acceptedAt)
        deliver(earlier, isMarked: false, at: moment)
      }
      return message.sequence % 10 == 5
    case .neverAcknowledges, .flashForgets, .tokensFromTheFuture, .tokensComeAgain: return false
    }
  }

  private mutating func takeSubscribe(
    _ subscribe: borrowing MQTT.Subscribe, at moment: UInt64
  ) throws(MQTT.Malformed) {
    let packetID = subscribe.packetID
    answer(5, at: moment) { writer throws(Overflow) in
      let codes = [1 of UInt8](repeating: 1)
      try MQTT.Suback(packetID: packetID, codes: codes.span).emit(to: &writer)
    }
  }

  @inline(__always)
  private mutating func takePublish(
    _ publish: borrowing MQTT.Publish, at moment: UInt64
  ) throws(MQTT.Malformed) {
    guard cloud.isJoined else { return breach(.protocolKept, "a message before CONNACK") }
    let found = publish.payload.withUnsafeBytes { Message(device: UInt32(index), $0) }
    guard let message = found else {
      return breach(.protocolKept, "a message that the device was not given")
    }
    if !isHeldBack(message, at: moment) {
      deliver(message, isMarked: publish.duplicate, at: moment)
    }
    guard let packetID = publish.packetID, plan.planted != .neverAcknowledges else { return }
    cloud.answered[cloud.answeredCount & 31] = CloudSession.Answered(
      packetNumber: packetID.rawValue, sequence: message.sequence,
      acceptedAt: message.acceptedAt)
    cloud.answeredCount &+= 1
    answer(4, at: moment) { writer throws(Overflow) in
      try MQTT.Acknowledgement(.puback, packetID: packetID).emit(to: &writer)
    }
  }
}
