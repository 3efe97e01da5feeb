import Bytes
import MQTTClient
import Testing
import Units
import Wire

/// What a session reported, in a form that a test can keep and compare.
enum Seen: Equatable {
  case connected(sessionPresent: Bool)
  case refused(MQTT.ConnectReturnCode)
  case message(String, [UInt8], qos: UInt8, retain: Bool = false, duplicate: Bool = false)
  case acknowledged(UInt16)
  case subscribed(UInt16, qos: UInt8)
  case subscriptionRefused(UInt16)
  case unsubscribed(UInt16)
  case oversized(Int)
  case failed(MQTTFailure)
}

/// A session whose clock, transport and application are a test, which then reads as a transcript.
final class Bench {
  var client = MQTTClient()
  /// The present, in milliseconds, which starts late so that no time is zero by chance.
  var now: UInt64 = 1_000_000

  var instant: Instant { Instant(milliseconds: now) }

  /// Opens a connection; the CONNECT is checked elsewhere.
  func connect(clean: Bool = false, keepAlive: UInt16 = 60, sessionPresent: Bool = false) {
    startConnect(clean: clean, keepAlive: keepAlive)
    _ = takeBytes()
    receive([0x20, 2, sessionPresent ? 1 : 0, 0])
    #expect(events() == [.connected(sessionPresent: sessionPresent)])
  }

  func startConnect(clean: Bool = false, keepAlive: UInt16 = 60) {
    let clientID = Array("dev".utf8)
    do {
      try client.connect(
        MQTT.Connect(
          clientID: clientID.span, keepAliveSeconds: keepAlive, cleanSession: clean), now: instant)
    } catch { Issue.record("refused: \(error)") }
  }

  @discardableResult
  func publish(
    _ topic: String, _ payload: [UInt8] = [], qos: UInt8 = 1, retain: Bool = false
  ) throws(PublishFailure) -> UInt16? {
    let topic = Array(topic.utf8)
    let quality: MQTT.QualityOfService = qos == 0 ? .atMostOnce : .atLeastOnce
    return try client.publish(
      topic: topic.span, payload: payload.span, quality: quality, retain: retain)?.rawValue
  }

  @discardableResult
  func subscribe(_ filter: String, qos: UInt8 = 1) throws(SubscribeFailure) -> UInt16 {
    let filter = Array(filter.utf8)
    return try client.subscribe(filter.span, quality: qos == 0 ? .atMostOnce : .atLeastOnce)
      .rawValue
  }

  @discardableResult
  func unsubscribe(_ filter: String) throws(SubscribeFailure) -> UInt16 {
    let filter = Array(filter.utf8)
    return try client.unsubscribe(filter.span).rawValue
  }

  /// Sends at most `count` bytes and returns them.
  func takeBytes(upTo count: Int = .max) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count, !isSilent {
      let part = client.copyOfBytesToSend(upTo: count - bytes.count)
      bytes += part
      client.sent(part.count, now: instant)
    }
    return bytes
  }

  var isConnected: Bool { client.isConnected }
  var isDrained: Bool { client.isDrained }
  var isSilent: Bool { client.copyOfBytesToSend(upTo: 1).isEmpty }

  /// The session wants to send exactly these bytes, and nothing after them.
  func expectSend(_ expected: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(takeBytes() == expected, sourceLocation: sourceLocation)
  }

  /// Bytes come from the server, as many as there is room for; the rest is returned.
  @discardableResult
  func receive(_ bytes: [UInt8]) -> [UInt8] {
    let count = client.fill(with: bytes)
    client.received(count, now: instant)
    return Array(bytes.dropFirst(count))
  }

  /// Bytes come in pieces of at most `size`, and events are taken after each; stops at a failure.
  func stream(_ bytes: [UInt8], inPiecesOf size: Int) -> [Seen] {
    var seen: [Seen] = []
    var rest = bytes
    while !rest.isEmpty, client.step() != .close {
      let piece = Array(rest.prefix(size))
      let left = receive(piece)
      rest = left + rest.dropFirst(piece.count)
      let news = events()
      seen += news
      if left.count == piece.count, news.isEmpty { break }
    }
    return seen
  }

  /// The transport was read, and nothing was there.
  func receiveNothing() { client.received(0, now: instant) }

  /// Takes every event that is there.
  func events() -> [Seen] {
    var seen: [Seen] = []
    while let event = nextEvent() { seen.append(event) }
    return seen
  }

  func nextEvent() -> Seen? { client.nextSeen() }

  /// Time passes, and the caller does what it has to at the deadline: call, then read.
  func wait(milliseconds: UInt64, reading: Bool = true) {
    now += milliseconds
    client.expired(now: instant)
    if reading { receiveNothing() }
  }
}

/// Lent bytes are copied inside methods, because a class does not lend its properties for longer.
extension MQTTClient {
  fileprivate func copyOfBytesToSend(upTo count: Int) -> [UInt8] {
    Array(copy(bytesToSend).prefix(count))
  }

  fileprivate mutating func fill(with bytes: [UInt8]) -> Int {
    var space = receiveSpace
    let count = min(space.count, bytes.count)
    for index in 0..<count { space[index] = bytes[index] }
    return count
  }

  fileprivate mutating func nextSeen() -> Seen? {
    switch nextEvent() {
    case .connected(let sessionPresent): .connected(sessionPresent: sessionPresent)
    case .refused(let code): .refused(code)
    case .message(let message):
      .message(
        String(decoding: copy(message.topic), as: UTF8.self), copy(message.payload),
        qos: message.quality.rawValue, retain: message.retain, duplicate: message.duplicate)
    case .acknowledged(let packetID): .acknowledged(packetID.rawValue)
    case .subscribed(let packetID, let quality):
      .subscribed(packetID.rawValue, qos: quality.rawValue)
    case .subscriptionRefused(let packetID): .subscriptionRefused(packetID.rawValue)
    case .unsubscribed(let packetID): .unsubscribed(packetID.rawValue)
    case .oversized(let byteCount): .oversized(byteCount)
    case .failed(let failure): .failed(failure)
    case .none: nil
    }
  }
}

private func copy(_ bytes: Span<UInt8>) -> [UInt8] { bytes.indices.map { bytes[$0] } }

/// A whole packet: the shortest fixed header for `body`, then `body`.
func packet(_ firstByte: UInt8, _ body: [UInt8]) -> [UInt8] {
  var length = body.count
  var header = [firstByte]
  repeat {
    header.append(UInt8(length & 0x7F) | (length > 0x7F ? 0x80 : 0))
    length >>= 7
  } while length > 0
  return header + body
}

/// A PUBLISH; `qos` is 0 exactly without an identifier.
func publishPacket(
  _ topic: String, _ payload: [UInt8], packetID: UInt16? = nil, duplicate: Bool = false,
  retain: Bool = false
) -> [UInt8] {
  let flags: UInt8 = (duplicate ? 8 : 0) | (packetID == nil ? 0 : 2) | (retain ? 1 : 0)
  let identifier = packetID.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? []
  return packet(0x30 | flags, counted(topic) + identifier + payload)
}

func puback(_ packetID: UInt16) -> [UInt8] {
  [0x40, 2, UInt8(packetID >> 8), UInt8(packetID & 0xFF)]
}

/// Text as the standard writes it: two bytes of length, then UTF-8.
func counted(_ text: String) -> [UInt8] {
  [UInt8(text.utf8.count >> 8), UInt8(text.utf8.count & 0xFF)] + Array(text.utf8)
}
