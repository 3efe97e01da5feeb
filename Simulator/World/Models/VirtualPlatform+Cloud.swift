import Bytes
import Energy
import Results
import Scenarios
import Units
import Wire

// The cloud, as far as one device can tell.
extension VirtualPlatform {
  /// Takes whole records; the device's TLS hands out no others.
  mutating func takeRecords(_ bytes: Span<UInt8>) {
    var rest = bytes
    while rest.count >= 3 {
      let length = Int(rest[1]) << 8 | Int(rest[2])
      guard rest.count >= 3 + length else { return }
      take(rest[0], rest.extracting(3..<3 + length))
      rest = rest.extracting(droppingFirst: 3 + length)
    }
  }

  private mutating func take(_ type: UInt8, _ content: Span<UInt8>) {
    if link.isCaptive { return answer([0x48, 0x54, 0x54, 0x50, 0x20], 5) }
    switch type {
    case RecordType.hello: greet(offered: content[0])
    case RecordType.finish: finish(isResumed: content[0] == 1)
    case RecordType.data: takePlaintext(content)
    default: session.isConnected = false
    }
  }

  // MARK: - TLS

  private mutating func greet(offered epoch: UInt8) {
    account(sent: epoch > 0 ? Limits.helloResumedBytes : Limits.helloBytes, for: .handshakeRadio)
    let cloud = settings.scenario.cloud
    let resumes =
      cloud.resumesSessions && epoch == session.epoch
      && !faults.contains(.certificateRotation)
    let isKnown: UInt8 = faults.contains(.rootDeath) ? 0 : 1
    if let prices = settings.prices {
      let size =
        resumes
        ? Limits.welcomeResumedBytes
        : cloud.serverChain == .rsa ? Limits.welcomeBytesRSA : Limits.welcomeBytesEC
      let arrival = link.lastArrival + link.latency
      meter.receive(size, at: arrival, for: .handshakeRadio, prices)
      let work = resumes ? prices.resumedHandshake : prices.fullHandshake
      meter.shakeHands(work, prices)
      microseconds += work.microseconds
    }
    link.isResumed = resumes
    answer([RecordType.welcome, 0, 3, session.epoch, resumes ? 1 : 0, isKnown], 6)
  }

  private mutating func finish(isResumed: Bool) {
    account(
      sent: isResumed ? Limits.finishResumedBytes : Limits.finishBytes, for: .handshakeRadio)
    link.isSecure = true
    guard !isResumed else { return }
    account(received: Limits.doneBytes, for: .handshakeRadio)
    answer([RecordType.done, 0, 0], 3)
  }

  // MARK: - MQTT

  private mutating func takePlaintext(_ content: Span<UInt8>) {
    guard link.isSecure else { return }
    if partial.isEmpty {
      let used = takePackets(content)
      for index in used..<content.count { partial.append(content[index]) }
    } else {
      for index in content.indices { partial.append(content[index]) }
      let bytes = partial
      let used = takePackets(bytes.span)
      partial.removeFirst(min(used, partial.count))
    }
  }

  /// Handles the packets at the front and returns their length.
  private mutating func takePackets(_ bytes: Span<UInt8>) -> Int {
    var used = 0
    while used < bytes.count, link.isOpen {
      let rest = bytes.extracting(droppingFirst: used)
      guard case .header(let header) = MQTT.FixedHeader.parse(rest),
        header.packetByteCount <= rest.count
      else { break }
      let body = rest.extracting(header.byteCount..<header.packetByteCount)
      used += header.packetByteCount
      handle(header, body)
    }
    return used
  }

  private mutating func handle(_ header: MQTT.FixedHeader, _ body: Span<UInt8>) {
    let cause: Cause =
      switch header.type {
      case .publish: .dataRadio
      case .pingreq: .keepAlive
      default: .handshakeRadio
      }
    account(sent: header.packetByteCount + Limits.recordBytes, for: cause)
    if let prices = settings.prices {
      meter.work(
        prices.packet, for: cause == .keepAlive ? .keepAlive : .symmetricCrypto)
    }
    switch header.type {
    case .connect: join(body)
    case .publish: take(header, body)
    case .pingreq:
      note("mqtt", "ping")
      reply([0xD0, 0], 2, for: .keepAlive)
    case .subscribe:
      reply([0x90, 3, body[0], body[1], 1], 5, for: .handshakeRadio)
    case .disconnect: session.isConnected = false
    default: break
    }
  }

  private mutating func take(_ header: MQTT.FixedHeader, _ body: Span<UInt8>) {
    guard session.isConnected, let publish = try? MQTT.Publish.parse(body, header: header),
      publish.payload.count >= 8
    else { return }
    var number: UInt32 = 0
    for index in 0..<4 { number |= UInt32(publish.payload[index]) << UInt32(8 * index) }
    deliver(number, isDuplicate: publish.duplicate)
    if let packetID = publish.packetID {
      let raw = packetID.rawValue
      reply([0x40, 2, UInt8(raw >> 8), UInt8(raw & 0xFF)], 4, for: .dataRadio)
    }
  }

  private mutating func deliver(_ number: UInt32, isDuplicate: Bool) {
    mix(5, UInt64(number))
    note("cloud", "message \(number)\(isDuplicate ? ", a duplicate" : "")")
    if messages.deliver(number) {
      recorder.result.messages.delivered += 1
      if number < latestNumber {
        breach = breach ?? (.order, "message \(number) arrived after \(latestNumber)")
      }
      latestNumber = number
    } else if settings.scenario.device.quality == 1 {
      recorder.result.messages.duplicated += 1
    } else {
      recorder.result.messages.delivered += 1
    }
  }

  /// Sends a packet of the broker in a record.
  mutating func reply(_ packet: [8 of UInt8], _ count: Int, for cause: Cause) {
    guard !faults.contains(.brokerSilence) else { return }
    account(received: count + Limits.recordBytes, for: cause)
    var bytes = [16 of UInt8](repeating: 0)
    bytes[0] = RecordType.data
    bytes[2] = UInt8(count)
    for index in 0..<count { bytes[3 + index] = packet[index] }
    send(bytes, 3 + count, processing: 0)
  }

  private mutating func reply(_ packet: [UInt8], _ count: Int, for cause: Cause) {
    var bytes = [8 of UInt8](repeating: 0)
    for index in 0..<count { bytes[index] = packet[index] }
    reply(bytes, count, for: cause)
  }

  private mutating func answer(_ record: [UInt8], _ count: Int) {
    guard !faults.contains(.brokerSilence) else { return }
    var bytes = [16 of UInt8](repeating: 0)
    for index in 0..<count { bytes[index] = record[index] }
    send(bytes, count, processing: 0)
  }

  mutating func send(_ bytes: [16 of UInt8], _ count: Int, processing: UInt64) {
    downlink.send(bytes, count, at: link.lastArrival + processing + link.latency)
  }

  mutating func account(sent byteCount: Int, for cause: Cause) {
    guard let prices = settings.prices else { return }
    meter.send(byteCount, at: milliseconds, for: cause, prices)
  }

  mutating func account(received byteCount: Int, for cause: Cause) {
    guard let prices = settings.prices else { return }
    meter.receive(byteCount, at: milliseconds, for: cause, prices)
  }
}
