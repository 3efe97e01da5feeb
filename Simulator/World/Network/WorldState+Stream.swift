import Energy
import Platform

// The TCP connection, as the device sees it.
extension WorldState {
  mutating func connect(to endpoint: Endpoint) throws(WorldFailure) {
    disconnect()
    guard !isPowerless else { return }
    room.result.pointee.connects.attempted += 1
    room.result.pointee.series.count(\.attempts, atMilliseconds: now)
    note(.attempt)
    ledger.attemptedAt = now
    link.state = .opening
    pay(sent: 0, for: .handshakeRadio)
    if faults.isActive(.captivePortal, at: now) {
      link.isPortal = true
      link.opensAt = now + 2 * path.latencyMinimum
      return
    }
    guard let there = path.segmentArrival(.toCloud, sentAt: now, faults),
      let back = path.segmentArrival(.toDevice, sentAt: there, faults)
    else { return }
    if faults.isActive(.brokerRestart, at: there) {
      link.refusedAt = back
    } else {
      link.opensAt = back
      link.outboundArrival = back
      cloud.open()
    }
  }

  mutating func isConnected() throws(WorldFailure) -> Bool {
    switch link.state {
    case .closed: throw WorldFailure(.closed)
    case .open: return true
    case .opening:
      if now >= link.refusedAt { throw WorldFailure(.refused) }
      guard now >= link.opensAt else { return false }
      link.state = .open
      pay(received: 0, for: .handshakeRadio)
      return true
    }
  }

  /// Takes a record whole, or nothing of it.
  @inline(__always)
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(WorldFailure) -> Int {
    guard link.state == .open, now < link.breaksAt else {
      throw WorldFailure(link.state == .open ? .unreachable : .closed)
    }
    guard !isPowerless else { return bytes.count }
    if link.isPortal { return answerAsPortal(bytes.count) }
    if now >= link.unsettledUntil { link.bytesInFlight = 0 }
    if link.bytesInFlight > 0, link.bytesInFlight + bytes.count > Limits.sendBuffer {
      link.writableAt = link.unsettledUntil
      return 0
    }
    link.writableAt = .max
    link.bytesInFlight += bytes.count
    guard link.outboundArrival < .max,
      let arrival = path.segmentArrival(.toCloud, sentAt: now, faults)
    else {
      loseOutbound()
      return bytes.count
    }
    link.outboundArrival = max(arrival, link.outboundArrival)
    link.unsettledUntil = link.outboundArrival + path.latencyMinimum
    receiveInCloud(bytes, at: link.outboundArrival)
    return bytes.count
  }

  /// Hands out the next segment that has come; they are whole records.
  @inline(__always)
  mutating func read(into space: UnsafeMutableRawBufferPointer) throws(WorldFailure) -> Int {
    guard link.state == .open, now < link.breaksAt else {
      throw WorldFailure(link.state == .open ? .unreachable : .closed)
    }
    guard !isPowerless, link.incoming.firstArrival <= now else { return 0 }
    let segment = link.incoming.first
    let byteCount = Int(segment.pointee.byteCount)
    switch segment.pointee.kind {
    case .end, .reset: throw WorldFailure(.closed)
    case .garbage:
      for index in 0..<byteCount { space[index] = UInt8(ascii: "H") }
    case .record:
      guard let start = space.baseAddress else { return 0 }
      ModelRecord.writeFront(segment.pointee.type, byteCount: byteCount, to: start)
      let contentCount = Int(segment.pointee.contentCount)
      withUnsafeBytes(of: &segment.pointee.content) { content in
        guard let from = content.baseAddress else { return }
        (start + ModelRecord.frontCount).copyMemory(from: from, byteCount: contentCount)
      }
      payForRecord(segment.pointee)
    }
    link.incoming.removeFirst()
    return byteCount
  }

  mutating func disconnect() {
    guard link.state != .closed else { return }
    link.close()
    cloud.hangUp()
  }

  /// Nothing that is written from now on arrives: the device's stack finds out at last.
  private mutating func loseOutbound() {
    link.outboundArrival = .max
    link.unsettledUntil = .max
    if link.breaksAt == .max { link.breaksAt = now + Limits.retransmissionTotal }
  }

  private mutating func answerAsPortal(_ byteCount: Int) -> Int {
    let segment = link.incoming.append()
    segment.pointee.kind = .garbage
    segment.pointee.byteCount = 300
    segment.pointee.arrival = max(
      now + Limits.portalDelay + path.latencyMinimum, link.incoming.lastArrival)
    return byteCount
  }

  /// The segments of the other side are records of a type, or its end.
  ///
  /// - Returns: The place of the content; nil where the segment never arrives.
  @inline(__always)
  mutating func sendToDevice(
    _ kind: Segment.Kind, type: UInt8, contentCount: Int, byteCount: Int, at moment: UInt64
  ) -> UnsafeMutablePointer<Segment>? {
    guard link.state != .closed, !link.isForgotten, link.incoming.count < Limits.segmentMaximum,
      let arrival = path.segmentArrival(.toDevice, sentAt: moment, faults)
    else { return nil }
    let earliest = link.incoming.lastArrival
    let segment = link.incoming.append()
    segment.pointee.arrival = max(arrival, earliest)
    segment.pointee.kind = kind
    segment.pointee.type = type
    segment.pointee.contentCount = UInt8(truncatingIfNeeded: contentCount)
    segment.pointee.byteCount = UInt16(truncatingIfNeeded: byteCount)
    return segment
  }
}
